import { type BackboneNeed, type BackboneResources, InvalidOptionError, MissingNeedError } from '@xtm/contracts';

const ADVICE: Readonly<Record<BackboneNeed, string>> = {
  dictionary: 'Give a dictionary with pairs of words of both vocabularies.',
  wordVectors: 'Give word vectors of each language, or an embedder to compute them.',
  wordEmbeddings: 'Give an embedder to compute embeddings of the words.',
  documentEmbeddings: 'Give an embedder to compute embeddings of the documents.',
  clusters: 'Give the clusters of the training documents, or an embedder from whose vectors they are computed.',
};

/** The resource called `need`, or `MissingNeedError`. */
export function requireResource<N extends BackboneNeed>(model: string, resources: BackboneResources, need: N): NonNullable<BackboneResources[N]> {
  const resource = resources[need];
  if (resource === undefined) throw new MissingNeedError(model, need, ADVICE[need]);
  return resource;
}

/** Fewer than two topics leave the prior without variance (1 − 1/K). */
export function requireTopics(numTopics: number): void {
  if (!Number.isInteger(numTopics) || numTopics < 2) throw new InvalidOptionError('numTopics', numTopics, 'must be an integer of at least 2');
}

export function requireLanguagePair(model: string, languages: readonly unknown[]): void {
  if (languages.length !== 2) throw new InvalidOptionError('languages', languages.length, `${model} models exactly two languages`);
}

/** A resource must have one row (or entry) for each document or word. */
export function requireRows(resource: BackboneNeed, rows: number | undefined, expected: number): void {
  if (rows !== expected) throw new InvalidOptionError(resource, rows, `has ${rows ?? 'no'} rows, expected ${expected}`);
}
