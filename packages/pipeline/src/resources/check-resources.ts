import { isDeepStrictEqual } from 'node:util';
import {
  InvalidOptionError,
  MissingNeedError,
  type BackboneDefinition,
  type ModelNeed,
  type ModelResources,
  type Corpus,
} from '@xtm/contracts';
import type { RefinementSettings } from '../refinement/refinement-settings';
import { withoutKeys } from '../settings/keys';
import { promisedResources } from './supply-resources';

const EMBEDDER_ADVICE =
  'Choose an embedder with `embedder`: aligned, multilingual-e5-small, openai, precomputed, or another ' +
  '(docs/embedders.md).';

const ADVICE: Readonly<Record<ModelNeed, string>> = {
  dictionary: 'Give a dictionary file with `dictionary`, one pair "word2 word1" per line.',
  wordVectors: 'Put word2vec_LANG.npz files into the dataset folder, or choose an embedder with `embedder`.',
  wordEmbeddings: EMBEDDER_ADVICE,
  documentEmbeddings: EMBEDDER_ADVICE,
  clusters:
    'Choose an embedder with `embedder`, from which clusters are computed, or put cluster_labels_LANG.npy files into ' +
    'the dataset folder.',
};

/** What a model asks for. */
export type ModelNeeds = Pick<BackboneDefinition, 'name' | 'needs'>;

/**
 * Refuses, before anything is embedded or written, what a model cannot be trained on.
 *
 * @throws MissingNeedError for the first need that neither the corpus nor an embedder would meet
 * @throws InvalidOptionError where there are more topics than documents
 */
export function checkPromisedResources(
  model: ModelNeeds,
  numTopics: number,
  corpus: Corpus,
  hasEmbedder: boolean,
): void {
  checkNumTopics(numTopics, corpus);
  const promised = promisedResources(corpus, hasEmbedder, numTopics);
  checkNeeds(model, (need) => promised[need]);
}

/** An embedder as a run was asked for it, or one that is open, with what tells it from others of its name. */
export interface NamedEmbedder {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * A model that learnt from embeddings in phase 1 goes on with the same in phase 2. InfoCTM may change its embedder: its
 * word vectors usually come with the dataset.
 *
 * @throws InvalidOptionError for another embedder than before, or other options of it
 */
export function checkSameEmbedder({ name, needs }: ModelNeeds, before: NamedEmbedder, wanted: NamedEmbedder): void {
  if (!needs.some((need) => need === 'wordEmbeddings' || need === 'documentEmbeddings')) return;
  const reason = `phase 1 of ${name} learnt from its embedder, and phase 2 goes on with the same`;
  const advice = 'Leave the embedder and its options as they were, or train both phases with the new ones.';
  if (wanted.name !== before.name)
    throw new InvalidOptionError('embedder', wanted.name, `was ${before.name}: ${reason}`, { advice });
  if (isDeepStrictEqual(wanted.options, before.options)) return;
  const problem = `were ${JSON.stringify(withoutKeys(before.options))}: ${reason}`;
  throw new InvalidOptionError('embedderOptions', withoutKeys(wanted.options), problem, { advice });
}

/** As `checkPromisedResources`, for resources that are there. */
export function checkResources(model: ModelNeeds, numTopics: number, resources: ModelResources): void {
  checkNumTopics(numTopics, resources.corpus);
  checkNeeds(model, (need) => resources[need] !== undefined);
}

/** What phase 2 asks for with these settings. */
export function refinementNeeds({ wordLoss, alignment }: RefinementSettings): ModelNeeds {
  return {
    name: 'phase 2',
    needs: [
      ...(wordLoss === 'none' ? [] : ['wordEmbeddings' as const]),
      ...(alignment === 'none' ? [] : ['documentEmbeddings' as const]),
    ],
  };
}

function checkNeeds({ name, needs }: ModelNeeds, isMet: (need: ModelNeed) => boolean): void {
  const missing = needs.find((need) => !isMet(need));
  if (missing !== undefined) throw new MissingNeedError(name, missing, ADVICE[missing]);
}

function checkNumTopics(numTopics: number, corpus: Corpus): void {
  const documents = corpus.languages.reduce((sum, { train }) => sum + train.rows.rows, 0);
  if (numTopics > documents) {
    throw new InvalidOptionError('numTopics', numTopics, `there are only ${documents} training documents`, {
      advice: 'Ask for fewer topics than documents.',
    });
  }
}
