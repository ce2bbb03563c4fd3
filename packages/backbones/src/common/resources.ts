import {
  type Corpus,
  type DenseMatrix,
  type EncoderShape,
  InvalidOptionError,
  MissingNeedError,
  type ModelNeed,
  type ModelResources,
} from '@xtm/contracts';

const ADVICE: Readonly<Record<ModelNeed, string>> = {
  dictionary: 'Give a dictionary with pairs of words of both vocabularies.',
  wordVectors: 'Give word vectors of each language, or an embedder to compute them.',
  wordEmbeddings: 'Give an embedder to compute embeddings of the words.',
  documentEmbeddings: 'Give an embedder to compute embeddings of the documents.',
  clusters: 'Give the clusters of the training documents, or an embedder from whose vectors they are computed.',
};

/** The resource called `need`, or `MissingNeedError`. */
export function requireResource<N extends ModelNeed>(
  model: string,
  resources: ModelResources,
  need: N,
): NonNullable<ModelResources[N]> {
  const resource = resources[need];
  if (resource === undefined) throw new MissingNeedError(model, need, ADVICE[need]);
  return resource;
}

/** Fewer than two topics leave the prior without variance (1 − 1/K). */
export function requireTopics(numTopics: number): void {
  if (!Number.isInteger(numTopics) || numTopics < 2)
    throw new InvalidOptionError('numTopics', numTopics, 'must be an integer of at least 2');
}

export function requireLanguagePair(model: string, languages: readonly unknown[]): void {
  if (languages.length !== 2)
    throw new InvalidOptionError('languages', languages.length, `${model} models exactly two languages`);
}

/** A matrix for each language with a row for each word of its vocabulary. */
export function requireWordRows(
  model: string,
  resources: ModelResources,
  need: 'wordVectors' | 'wordEmbeddings',
): readonly DenseMatrix[] {
  const matrices = requireResource(model, resources, need);
  resources.corpus.languages.forEach(({ vocabulary }, l) => requireLength(need, matrices[l]?.rows, vocabulary.length));
  return matrices;
}

/** A matrix for each language with a row for each training document. */
export function requireDocumentRows(
  model: string,
  resources: ModelResources,
  need: 'documentEmbeddings',
): readonly DenseMatrix[] {
  const matrices = requireResource(model, resources, need);
  resources.corpus.languages.forEach(({ train }, l) => requireLength(need, matrices[l]?.rows, train.rows.rows));
  return matrices;
}

/** A cluster in [0, numClusters) for each training document, one array per language. */
export function requireClusters(
  model: string,
  resources: ModelResources,
  numClusters: number,
): readonly Int32Array[] {
  const clusters = requireResource(model, resources, 'clusters');
  resources.corpus.languages.forEach(({ train }, l) =>
    requireLength('clusters', clusters[l]?.length, train.rows.rows),
  );
  const impossible = clusters.flatMap((language) => [
    ...language.filter((cluster) => cluster < 0 || cluster >= numClusters),
  ])[0];
  if (impossible !== undefined)
    throw new InvalidOptionError(
      'clusters',
      impossible,
      `must be from 0 to ${numClusters - 1}, one cluster per topic`,
    );
  return clusters;
}

function requireLength(need: ModelNeed, length: number | undefined, expected: number): void {
  if (length !== expected)
    throw new InvalidOptionError(need, length, `has ${length ?? 'no'} rows, expected ${expected}`);
}

/** The shape of an encoder for the corpus. */
export function corpusShape({ languages }: Corpus, numTopics: number): EncoderShape {
  return {
    languages: languages.map(({ language }) => language),
    vocabularySizes: languages.map(({ vocabulary }) => vocabulary.length),
    numTopics,
  };
}
