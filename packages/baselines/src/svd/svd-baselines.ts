import {
  EmptyCorpusError, InvalidOptionError, parseOptions,
  type BackboneResources, type BaselineDefinition, type Corpus, type DenseMatrix, type FittedBaseline, type RunOptions,
} from '@xtm/contracts';
import { kMeans, type KMeansResult } from '@xtm/numeric';
import { cooperate } from '../common/cooperate';
import { requireResource, requireTopics } from '../common/requirements';
import { normaliseTopics, toTopicWord } from '../common/word-topics';
import { classTfIdf } from './class-tf-idf';
import { ClusterModel } from './cluster-model';
import { documentSpace, type DocumentSpace, dropDimension } from './document-space';
import { languageDependence } from './language-dependence';
import { svdOptionsSchema } from './svd-options';

/**
 * u-SVD (Chang et al. 2024): clusters of documents of all languages by the unscaled left singular vectors of their
 * embeddings; a cluster's words are those of the highest class-based TF-IDF.
 */
export const uSvd: BaselineDefinition = svdBaseline('u-svd', (space) => space);

/** SVD-LR (Chang et al. 2024): u-SVD without the one dimension that tells the two languages apart most. */
export const svdLr: BaselineDefinition = svdBaseline('svd-lr', (space, embeddings) => {
  if (embeddings.length !== 2) throw new InvalidOptionError('languages', embeddings.length, 'svd-lr models exactly two languages');
  const dependence = languageDependence(space.coordinates, embeddings[0]!.rows);
  const dropped = dependence.indexOf(Math.max(...dependence));
  if (dropped < 0 || space.coordinates.columns < 2) {
    throw new EmptyCorpusError(`the embeddings of ${space.coordinates.rows} documents have no dimension to spare`, { advice: 'Add documents, or choose the model u-svd.' });
  }
  return dropDimension(space, dropped);
});

type RefineSpace = (space: DocumentSpace, embeddings: readonly DenseMatrix[]) => DocumentSpace;

function svdBaseline(name: string, refineSpace: RefineSpace): BaselineDefinition {
  return {
    name,
    needs: ['documentEmbeddings'],
    resolveOptions: (options) => parseOptions(svdOptionsSchema, options),
    fit: async (resources, numTopics, options, generator, runOptions = {}) => {
      requireTopics(numTopics, resources.corpus);
      const embeddings = requireEmbeddings(name, resources);
      const settings = parseOptions(svdOptionsSchema, options);
      const stages = stageReporter(name, runOptions);
      await stages();
      const space = refineSpace(documentSpace(embeddings, settings.dimensions, generator.fork('svd')), embeddings);
      await stages();
      const { starts } = settings;
      const clusters = kMeans(space.coordinates, { clusters: numTopics, generator: generator.fork('k-means'), starts });
      await stages();
      return describeClusters(name, resources.corpus, space, clusters, settings.documentPrior);
    },
    load: (folder) => ClusterModel.load(folder, name),
  };
}

/** A function to call before, between and after the two stages of fitting. */
function stageReporter(name: string, runOptions: RunOptions): () => Promise<void> {
  let done = 0;
  return async () => {
    runOptions.onProgress?.({ stage: name, done: done++, total: 2 });
    await cooperate(name, runOptions);
  };
}

function describeClusters(name: string, corpus: Corpus, space: DocumentSpace, { centroids, labels }: KMeansResult, documentPrior: number): FittedBaseline {
  const documents = corpus.languages.map(({ train }) => train.rows);
  const ends = documents.map((_, language) => documents.slice(0, language + 1).reduce((sum, { rows }) => sum + rows, 0));
  const ranges = documents.map(({ rows }, language) => [ends[language]! - rows, ends[language]!] as const);
  const scores = classTfIdf(documents, ranges.map(([start, end]) => labels.subarray(start, end)), centroids.rows);
  const facts = {
    name,
    languages: corpus.languages.map(({ language }) => language),
    vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
    topicWord: scores.map((language) => toTopicWord(normaliseTopics(language))),
    documentPrior,
  };
  const model = new ClusterModel(facts, { projection: space.projection, centroids });
  return { model, documentTopics: ranges.map(([start, end]) => model.placeCoordinates(rowsBetween(space.coordinates, start, end))) };
}

function requireEmbeddings(name: string, resources: BackboneResources): readonly DenseMatrix[] {
  const embeddings = requireResource(name, resources, 'documentEmbeddings', 'Give an embedder to compute embeddings of the documents.');
  resources.corpus.languages.forEach(({ language, train }, index) => {
    if (embeddings[index]?.rows === train.rows.rows) return;
    throw new InvalidOptionError('documentEmbeddings', embeddings[index]?.rows, `needs one row for each of the ${train.rows.rows} documents in ${language.code}`);
  });
  return embeddings;
}

function rowsBetween({ columns, data }: DenseMatrix, start: number, end: number): DenseMatrix {
  return { rows: end - start, columns, data: data.subarray(start * columns, end * columns) };
}
