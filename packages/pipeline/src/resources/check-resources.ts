import { InvalidOptionError, MissingNeedError, type BackboneDefinition, type BackboneNeed, type BackboneResources } from '@xtm/contracts';
import type { RefinementSettings } from '../refinement/refinement-settings';

const ADVICE: Readonly<Record<BackboneNeed, string>> = {
  dictionary: 'Give a dictionary file with --dictionary, a pair "word2 word1" a line.',
  wordVectors: 'Put word2vec_LANG.npz files into the dataset folder, or choose an embedder with --embedder.',
  wordEmbeddings: 'Choose an embedder with --embedder aligned, bge-m3, openai or precomputed.',
  documentEmbeddings: 'Choose an embedder with --embedder aligned, bge-m3, openai or precomputed.',
  clusters: 'Choose an embedder with --embedder, from which clusters are computed, or put cluster_labels_LANG.npy files into the dataset folder.',
};

/**
 * Refuses, before anything is written, what a model cannot be trained on.
 *
 * @throws MissingNeedError for the first thing that the model declares and nobody supplies
 * @throws InvalidOptionError where there are more topics than documents
 */
export function checkResources({ name, needs }: Pick<BackboneDefinition, 'name' | 'needs'>, numTopics: number, resources: BackboneResources): void {
  checkNumTopics(numTopics, resources);
  checkNeeds(name, needs, resources);
}

/** Refuses phase 2 without the embeddings that its losses need. Throws `MissingNeedError`. */
export function checkRefinementResources({ wordLoss, alignment }: RefinementSettings, resources: BackboneResources): void {
  const needs: BackboneNeed[] = [...(wordLoss === 'none' ? [] : ['wordEmbeddings' as const]), ...(alignment === 'none' ? [] : ['documentEmbeddings' as const])];
  checkNeeds('phase 2', needs, resources);
}

function checkNeeds(name: string, needs: readonly BackboneNeed[], resources: BackboneResources): void {
  const supplied: Readonly<Record<BackboneNeed, unknown>> = {
    dictionary: resources.dictionary ?? resources.corpus.dictionary,
    wordVectors: resources.wordVectors,
    wordEmbeddings: resources.wordEmbeddings,
    documentEmbeddings: resources.documentEmbeddings,
    clusters: resources.clusters,
  };
  const missing = needs.find((need) => supplied[need] === undefined);
  if (missing !== undefined) throw new MissingNeedError(name, missing, ADVICE[missing]);
}

function checkNumTopics(numTopics: number, { corpus }: BackboneResources): void {
  const documents = corpus.languages.reduce((sum, { train }) => sum + train.rows.rows, 0);
  if (numTopics > documents) {
    throw new InvalidOptionError('numTopics', numTopics, `there are only ${documents} training documents`, { advice: 'Ask for fewer topics than documents.' });
  }
}
