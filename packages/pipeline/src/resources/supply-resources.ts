import {
  InvalidOptionError,
  type ModelNeed,
  type ModelResources,
  type Corpus,
  type DenseMatrix,
  type Embedder,
  type RandomGenerator,
  type RunOptions,
} from '@xtm/contracts';

/** Where a model's needs can be met from. */
export interface ResourceSources {
  /** Meets what embeddings are needed for; what needs them is missing without it. */
  readonly embedder?: Embedder;
  readonly numTopics: number;
  readonly generator: RandomGenerator;
  /** Finds as many clusters of the training documents as there are topics, from their embeddings. */
  readonly clusterDocuments: (
    documentEmbeddings: readonly DenseMatrix[],
    numClusters: number,
    generator: RandomGenerator,
  ) => readonly Int32Array[];
}

/**
 * Meets a model's needs: the dictionary, word vectors and clusters that came with the corpus, and what an embedder
 * gives otherwise. A need that nothing meets stays open, for `checkResources` to name.
 *
 * @throws InvalidOptionError where the embedder gives numbers that are not finite, and what the embedder throws
 */
export async function supplyResources(
  corpus: Corpus,
  needs: ReadonlySet<ModelNeed>,
  sources: ResourceSources,
  run: RunOptions = {},
): Promise<ModelResources> {
  const { embedder } = sources;
  const ownVectors = allOf(corpus.languages.map(({ wordVectors }) => wordVectors));
  const ownClusters = usableClusters(corpus, sources.numTopics);
  const embedsWords = needs.has('wordEmbeddings') || (needs.has('wordVectors') && ownVectors === undefined);
  const embedsDocuments = needs.has('documentEmbeddings') || (needs.has('clusters') && ownClusters === undefined);
  if (embedder !== undefined && (embedsWords || embedsDocuments)) await embedder.fit?.(corpus, corpus.dictionary, run);
  const wordEmbeddings = embedder && embedsWords ? await embedWords(corpus, embedder, run) : undefined;
  const documentEmbeddings =
    embedder && embedsDocuments ? await embedTrainingDocuments(corpus, embedder, run) : undefined;
  const clusters =
    ownClusters ??
    (needs.has('clusters') && documentEmbeddings
      ? sources.clusterDocuments(documentEmbeddings, sources.numTopics, sources.generator)
      : undefined);
  return {
    corpus,
    dictionary: corpus.dictionary,
    wordVectors: ownVectors ?? wordEmbeddings,
    wordEmbeddings,
    documentEmbeddings,
    clusters,
  };
}

async function embedWords(corpus: Corpus, embedder: Embedder, run: RunOptions): Promise<DenseMatrix[]> {
  const embeddings: DenseMatrix[] = [];
  for (const [index, { vocabulary }] of corpus.languages.entries())
    embeddings.push(requireFinite(await embedder.embedWords(vocabulary, index, run), embedder, 'words'));
  return embeddings;
}

async function embedTrainingDocuments(corpus: Corpus, embedder: Embedder, run: RunOptions): Promise<DenseMatrix[]> {
  const embeddings: DenseMatrix[] = [];
  for (const [
    languageIndex,
    {
      language: { code },
      vocabulary,
      train: { rows, texts },
    },
  ] of corpus.languages.entries()) {
    const documents = { languageIndex, rows, texts, vocabulary, title: `training documents (${code})` };
    embeddings.push(requireFinite(await embedder.embedDocuments(documents, run), embedder, 'documents'));
  }
  return embeddings;
}

/** Training on such numbers would fail much later, and blame the learning rate. */
function requireFinite(matrix: DenseMatrix, { name }: Embedder, what: string): DenseMatrix {
  const broken = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (broken < 0) return matrix;
  const row = Math.floor(broken / matrix.columns);
  throw new InvalidOptionError(
    'embedder',
    name,
    `gave numbers that are not finite for ${what}, first for number ${row + 1}`,
    { advice: 'Check the embedding model, or choose another embedder.' },
  );
}

/** What a corpus and an embedder promise to meet, without embedding anything: present or not. */
export function promisedResources(
  corpus: Corpus,
  hasEmbedder: boolean,
  numTopics: number,
): Readonly<Record<ModelNeed, boolean>> {
  const hasVectors = corpus.languages.every(({ wordVectors }) => wordVectors !== undefined);
  return {
    dictionary: corpus.dictionary !== undefined,
    wordVectors: hasVectors || hasEmbedder,
    wordEmbeddings: hasEmbedder,
    documentEmbeddings: hasEmbedder,
    clusters: usableClusters(corpus, numTopics) !== undefined || hasEmbedder,
  };
}

/** Clusters that came with the corpus, where every language has them and they are no more than the topics. */
function usableClusters(corpus: Corpus, numTopics: number): readonly Int32Array[] | undefined {
  const clusters = allOf(corpus.languages.map(({ clusters: own }) => own));
  return clusters?.every((labels) => labels.every((label) => label < numTopics)) ? clusters : undefined;
}

function allOf<Item>(items: readonly (Item | undefined)[]): readonly Item[] | undefined {
  return items.every((item) => item !== undefined) ? (items as readonly Item[]) : undefined;
}
