import { z } from 'zod';
import {
  type BaselineDefinition,
  type Corpus,
  defineBaseline,
  type DenseMatrix,
  EmptyCorpusError,
  type FittedBaseline,
  InvalidOptionError,
  type ModelFactory,
  type ModelResources,
  type RunOptions,
  type SparseRows,
} from '@xtm/contracts';
import { kMeans, type KMeansResult } from '@xtm/numeric';
import { cooperate, requireResource, requireTopics } from '../common/fitting';
import { normaliseTopics, topicTotals, toTopicWord, type WordTopics, zeroWordTopics } from '../common/word-topics';
import { ClusterModel } from './cluster-model';
import { documentSpace, type DocumentSpace, dropDimension, languageDependence } from './document-space';

const svdOptionsSchema = z.strictObject({
  dimensions: z.int().min(2).default(100).describe('singular vectors that documents are clustered by'),
  starts: z.int().positive().default(4).describe('runs of k-means, of which the best is kept'),
  documentPrior: z.number().positive().default(0.1).describe(
    'pseudo-count of each topic in a document, for folding in documents without embeddings',
  ),
});

export type SvdOptions = z.input<typeof svdOptionsSchema>;

/**
 * u-SVD (Chang et al. 2024): clusters of documents of all languages by the unscaled left singular vectors of their
 * embeddings; a cluster's words are those of the highest class-based TF-IDF.
 */
export const uSvd = svdBaseline('u-svd', 'any', (space) => space);

/** SVD-LR (Chang et al. 2024): u-SVD without the one dimension that tells the two languages apart most. */
export const svdLr = svdBaseline('svd-lr', 2, (space, embeddings) => {
  if (embeddings.length !== 2)
    throw new InvalidOptionError('languages', embeddings.length, 'svd-lr models exactly two languages');
  const dependence = languageDependence(space.coordinates, embeddings[0]!.rows);
  const dropped = dependence.indexOf(Math.max(...dependence));
  if (dropped < 0 || space.coordinates.columns < 2) {
    throw new EmptyCorpusError(`the embeddings of ${space.coordinates.rows} documents have no dimension to spare`, {
      advice: 'Add documents, or choose the model u-svd.',
    });
  }
  return dropDimension(space, dropped);
});

type RefineSpace = (space: DocumentSpace, embeddings: readonly DenseMatrix[]) => DocumentSpace;

function svdBaseline(
  name: string,
  languages: BaselineDefinition['languages'],
  refineSpace: RefineSpace,
): ModelFactory<BaselineDefinition, SvdOptions> {
  return defineBaseline({
    name,
    needs: ['documentEmbeddings'],
    languages,
    optionsSchema: svdOptionsSchema,
    fit: async (resources, numTopics, settings, generator, runOptions) => {
      requireTopics(numTopics, resources.corpus);
      const embeddings = requireEmbeddings(name, resources);
      const stages = stageReporter(name, runOptions);
      await stages();
      const space = refineSpace(documentSpace(embeddings, settings.dimensions, generator.fork('svd')), embeddings);
      await stages();
      const { starts } = settings;
      const clusters = kMeans(space.coordinates, {
        clusters: numTopics,
        generator: generator.fork('k-means'),
        starts,
      });
      await stages();
      return describeClusters(name, resources.corpus, space, clusters, settings.documentPrior);
    },
    load: (folder) => ClusterModel.load(folder, name),
  });
}

/** A function to call before, between and after the two stages of fitting. */
function stageReporter(name: string, runOptions: RunOptions): () => Promise<void> {
  let done = 0;
  return async () => {
    runOptions.onProgress?.({ stage: name, done: done++, total: 2 });
    await cooperate(name, runOptions);
  };
}

function describeClusters(
  name: string,
  corpus: Corpus,
  space: DocumentSpace,
  { centroids, labels }: KMeansResult,
  documentPrior: number,
): FittedBaseline {
  const documents = corpus.languages.map(({ train }) => train.rows);
  const ends = documents.map((_, language) =>
    documents.slice(0, language + 1).reduce((sum, { rows }) => sum + rows, 0),
  );
  const ranges = documents.map(({ rows }, language) => [ends[language]! - rows, ends[language]!] as const);
  const scores = classTfIdf(
    documents,
    ranges.map(([start, end]) => labels.subarray(start, end)),
    centroids.rows,
  );
  const facts = {
    name,
    languages: corpus.languages.map(({ language }) => language),
    vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
    topicWord: scores.map((language) => toTopicWord(normaliseTopics(language))),
    documentPrior,
  };
  const model = new ClusterModel(facts, { projection: space.projection, centroids });
  return {
    model,
    documentTopics: ranges.map(([start, end]) => model.placeCoordinates(rowsBetween(space.coordinates, start, end))),
  };
}

function requireEmbeddings(name: string, resources: ModelResources): readonly DenseMatrix[] {
  const embeddings = requireResource(
    name,
    resources,
    'documentEmbeddings',
    'Give an embedder to compute embeddings of the documents.',
  );
  resources.corpus.languages.forEach(({ language, train }, index) => {
    if (embeddings[index]?.rows === train.rows.rows) return;
    throw new InvalidOptionError(
      'documentEmbeddings',
      embeddings[index]?.rows,
      `needs one row for each of the ${train.rows.rows} documents in ${language.code}`,
    );
  });
  return embeddings;
}

function rowsBetween({ columns, data }: DenseMatrix, start: number, end: number): DenseMatrix {
  return { rows: end - start, columns, data: data.subarray(start * columns, end * columns) };
}

/**
 * Class-based TF-IDF of words in clusters of documents (Grootendorst 2022): a word's share of its cluster's words, in
 * all languages, times log(1 + A/f), A being the mean number of words per cluster and f the word's count over all
 * clusters.
 *
 * @param documents Bags of words [documents, vocabulary], one per language.
 * @param labels Cluster of each document, one array per language.
 * @returns [vocabulary, clusters], one per language.
 */
export function classTfIdf(
  documents: readonly SparseRows[],
  labels: readonly Int32Array[],
  clusters: number,
): WordTopics[] {
  const counts = documents.map((rows, language) => clusterCounts(rows, labels[language]!, clusters));
  const clusterSizes = new Float64Array(clusters);
  for (const language of counts) topicTotals(language).forEach((total, cluster) => (clusterSizes[cluster]! += total));
  const meanSize = clusterSizes.reduce((sum, size) => sum + size, 0) / clusters;
  return counts.map((language) => weigh(language, clusterSizes, meanSize));
}

function clusterCounts(
  { rows, columns, indptr, indices, values }: SparseRows,
  labels: Int32Array,
  clusters: number,
): WordTopics {
  const counts = zeroWordTopics(columns, clusters);
  for (let document = 0; document < rows; document++) {
    for (let i = indptr[document]!; i < indptr[document + 1]!; i++)
      counts.data[indices[i]! * clusters + labels[document]!]! += values[i]!;
  }
  return counts;
}

function weigh(
  { words, topics: clusters, data }: WordTopics,
  clusterSizes: Float64Array,
  meanSize: number,
): WordTopics {
  const scores = zeroWordTopics(words, clusters);
  for (let word = 0; word < words; word++) {
    const counts = data.subarray(word * clusters, (word + 1) * clusters);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const rarity = total > 0 ? Math.log(1 + meanSize / total) : 0;
    counts.forEach((count, cluster) => {
      scores.data[word * clusters + cluster] = count > 0 ? (count / clusterSizes[cluster]!) * rarity : 0;
    });
  }
  return scores;
}
