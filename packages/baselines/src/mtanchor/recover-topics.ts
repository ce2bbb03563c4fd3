import type { DenseMatrix, RunOptions } from '@xtm/contracts';
import { cooperate } from '../common/fitting';
import { normaliseTopics, toTopicWord, type WordTopics, zeroWordTopics } from '../common/word-topics';
import { SimplexRegression } from './simplex-regression';
import type { WordCooccurrence } from './word-cooccurrence';

export interface RecoverOptions {
  /** Stops a word's recovery once its objective is within this of its least value. */
  readonly tolerance: number;
  /** Guess of p(topic | word) to begin with, [vocabulary, topics]; equal shares by default. */
  readonly start?: WordTopics;
  /**
   * Products that are known of earlier anchors, and where each topic's are among them, −1 for an anchor that is new.
   */
  readonly known?: { readonly products: WordTopics; readonly sources: readonly number[] };
}

/** What anchors say of one language's words. */
export interface RecoveredTopics {
  /** p(word | topic), [topics, vocabulary]. */
  readonly topicWord: DenseMatrix;
  /** p(topic | word), [vocabulary, topics]. */
  readonly topicShares: WordTopics;
  /**
   * Inner products of each word's co-occurrence row with the anchors' rows, [vocabulary, topics]; not of older saved
   * models.
   */
  readonly products?: WordTopics;
}

const WORDS_AT_A_TIME = 512;
/** What a start is mixed with, so that every share can grow: exponentiated gradient never leaves 0. */
const EQUAL_SHARE = 1e-5;

/**
 * Recovers the topics of one language from its anchors (Arora et al. 2013, RecoverL2): each word's co-occurrence row
 * is expressed as a convex combination of the anchors' rows, whose weights are p(topic | word); Bayes' rule turns them
 * into p(word | topic).
 *
 * `anchorWords` has the positions of each topic's words.
 */
export async function recoverTopics(
  cooccurrence: WordCooccurrence,
  anchorWords: readonly (readonly number[])[],
  options: RecoverOptions,
  runOptions: RunOptions,
): Promise<RecoveredTopics> {
  const anchors = anchorRows(cooccurrence, anchorWords);
  const products = multiplyAnchors(cooccurrence, anchors, options.known);
  const regression = new SimplexRegression(gramMatrix(anchors), options);
  const { words, topics } = anchors;
  const topicShares = zeroWordTopics(words, topics);
  for (let word = 0; word < words; word++) {
    if (word % WORDS_AT_A_TIME === 0) await cooperate('mtanchor', runOptions);
    const range = [word * topics, (word + 1) * topics] as const;
    const start = options.start?.data
      .subarray(...range)
      .map((share) => (1 - EQUAL_SHARE) * share + EQUAL_SHARE / topics);
    topicShares.data.set(regression.solve(products.data.subarray(...range), start), range[0]);
  }
  return { topicShares, products, topicWord: wordsOfTopics(topicShares, cooccurrence.wordProbabilities()) };
}

/**
 * Products with the columns of anchors: those of new anchors are computed, which takes the longer the more they are.
 */
function multiplyAnchors(
  cooccurrence: WordCooccurrence,
  anchors: WordTopics,
  known: RecoverOptions['known'],
): WordTopics {
  if (known === undefined) return cooccurrence.multiply(anchors);
  const added = known.sources.flatMap((source, topic) => (source < 0 ? [topic] : []));
  const computed = cooccurrence.multiply(selectColumns(anchors, added));
  const out = zeroWordTopics(anchors.words, anchors.topics);
  known.sources.forEach((source, topic) => {
    const [from, column] = source < 0 ? [computed, added.indexOf(topic)] : [known.products, source];
    for (let word = 0; word < out.words; word++)
      out.data[word * out.topics + topic] = from.data[word * from.topics + column]!;
  });
  return out;
}

function selectColumns({ words, topics, data }: WordTopics, columns: readonly number[]): WordTopics {
  const out = zeroWordTopics(words, columns.length);
  for (let word = 0; word < words; word++) {
    columns.forEach((column, index) => {
      out.data[word * columns.length + index] = data[word * topics + column]!;
    });
  }
  return out;
}

/** Bayes' rule: p(word | topic) ∝ p(topic | word) · p(word). */
function wordsOfTopics(topicShares: WordTopics, wordProbabilities: Float64Array): DenseMatrix {
  const joint = topicShares.data.map((share, i) => share * wordProbabilities[Math.floor(i / topicShares.topics)]!);
  return toTopicWord(normaliseTopics({ ...topicShares, data: joint }));
}

/** Inner products of the columns, [topics, topics]. */
function gramMatrix({ words, topics, data }: WordTopics): Float64Array {
  const gram = new Float64Array(topics * topics);
  for (let word = 0; word < words; word++) {
    for (let j = 0; j < topics; j++) {
      const value = data[word * topics + j]!;
      if (value === 0) continue;
      for (let k = 0; k < topics; k++) gram[j * topics + k]! += value * data[word * topics + k]!;
    }
  }
  return gram;
}

/**
 * The anchors' co-occurrence rows side by side, [vocabulary, topics]. Several words of an anchor merge by the harmonic
 * mean of their rows, which keeps the company that all of them have (Lund et al. 2017), scaled to sum to 1 as every
 * row does; words without common company merge by the arithmetic mean.
 *
 * `anchorWords` has the words of each topic in this language.
 */
export function anchorRows(cooccurrence: WordCooccurrence, anchorWords: readonly (readonly number[])[]): WordTopics {
  const out = zeroWordTopics(cooccurrence.words, anchorWords.length);
  anchorWords.forEach((words, topic) => {
    const merged = mergeRows(words.map((word) => cooccurrence.row(word)));
    merged.forEach((value, word) => {
      out.data[word * out.topics + topic] = value;
    });
  });
  return out;
}

function mergeRows(rows: readonly Float64Array[]): Float64Array {
  if (rows.length === 1) return rows[0]!;
  const harmonic = rows[0]!.map((_, i) => harmonicMean(rows.map((row) => row[i]!)));
  const merged = harmonic.some((value) => value > 0)
    ? harmonic
    : rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
  const total = merged.reduce((sum, value) => sum + value, 0);
  return total > 0 ? merged.map((value) => value / total) : merged;
}

/** 0 if any value is. */
function harmonicMean(values: readonly number[]): number {
  return values.length / values.reduce((sum, value) => sum + 1 / value, 0);
}
