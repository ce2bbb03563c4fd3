import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix } from '@xtm/contracts';
import { MULTI_KERNEL_MULTIPLES, prepareTopicMmd, prepareTopicTransport, type WeightedWords } from '@xtm/losses';
import type { RefinementSettings } from './refinement-settings';

/** Pulls the weights of topics' top words [topics, words] towards the refined words, at one epoch's top words. */
export interface EpochWordLoss {
  loss(weights: tf.Tensor2D): tf.Scalar;
  dispose(): void;
}

/** Word loss between two refinements; what does not change from epoch to epoch is kept. */
export interface WordLoss {
  /** @param topWords rows of each topic's top words among the joined word embeddings [topics][words] */
  atTopWords(topWords: readonly Int32Array[]): EpochWordLoss;
}

/** Word embeddings of all languages, one below the other [all words, dimensions]. */
export class JoinedWordEmbeddings {
  readonly tensor: tf.Tensor2D;
  readonly #offsets: readonly number[];
  readonly #positions: readonly ReadonlyMap<string, number>[];

  constructor(embeddings: readonly DenseMatrix[], vocabularies: readonly (readonly string[])[]) {
    this.tensor = tf.tidy(() =>
      tf.concat2d(
        embeddings.map(({ rows, columns, data }) => tf.tensor2d(data, [rows, columns])),
        0,
      ),
    );
    this.#offsets = embeddings.map((_, i) => embeddings.slice(0, i).reduce((sum, { rows }) => sum + rows, 0));
    this.#positions = vocabularies.map((words) => new Map(words.map((word, position) => [word, position])));
  }

  /** Row of a vocabulary position. */
  rowAt(languageIndex: number, position: number): number {
    return this.#offsets[languageIndex]! + position;
  }

  /** Row of a word of the vocabulary. */
  rowOf(languageIndex: number, word: string): number {
    return this.rowAt(languageIndex, this.#positions[languageIndex]!.get(word)!);
  }

  dispose(): void {
    this.tensor.dispose();
  }
}

/** What 32-bit weights can tell apart; iterations to less are lost on a training step. */
const TRANSPORT_TOLERANCE = 1e-7;

/** The word loss that the settings choose; undefined when it is switched off. */
export function createWordLoss(
  embeddings: tf.Tensor2D,
  refined: readonly WeightedWords[],
  { wordLoss, kernels }: RefinementSettings,
): WordLoss | undefined {
  if (wordLoss === 'none') return undefined;
  if (wordLoss === 'mmd')
    return prepareTopicMmd(embeddings, refined, kernels === 'multiple' ? { multiples: MULTI_KERNEL_MULTIPLES } : {});
  const prepared = prepareTopicTransport(embeddings, refined, { tolerance: TRANSPORT_TOLERANCE });
  return {
    atTopWords: (topWords) => {
      const transport = prepared.atTopWords(topWords);
      return { loss: (weights) => transport.loss(weights), dispose: () => undefined };
    },
  };
}
