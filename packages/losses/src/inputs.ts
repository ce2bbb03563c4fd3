import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

/** What a loss was given does not fit: a wrong shape, an empty set, a setting out of range. */
export class LossInputError extends Error {
  /** The loss that was called. */
  readonly loss: string;
  /** The argument at fault. */
  readonly argument: string;

  constructor(loss: string, argument: string, problem: string) {
    super(`${loss}: ${argument} ${problem}`);
    this.name = 'LossInputError';
    this.loss = loss;
    this.argument = argument;
  }
}

/**
 * Sparse rows (compressed sparse row format), by structure, so that any library's type of this shape fits.
 *
 * Row r holds `values[i]` at column `indices[i]` for i in [indptr[r], indptr[r + 1]). Columns of a row are distinct.
 */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** [rows + 1], starting at 0. */
  readonly indptr: Int32Array;
  /** [nonzeros], each in [0, columns). */
  readonly indices: Int32Array;
  /** [nonzeros]. */
  readonly values: Float32Array;
}

/** A finite measure: points and what each of them weighs. */
export interface WeightedPoints {
  /** [points, dimensions]; only directions count. */
  readonly points: Tensor2D;
  /** [points], not negative. */
  readonly weights: Tensor1D;
}

/** Throws unless both sets are non-empty, have a weight per point and lie in one space. */
export function requireWeightedPoints(loss: string, first: WeightedPoints, second: WeightedPoints): void {
  for (const [argument, { points, weights }] of Object.entries({ first, second })) {
    requireShape(loss, `${argument}.points`, points, [undefined, undefined]);
    requireShape(loss, `${argument}.weights`, weights, [points.shape[0]]);
  }
  const [dimensions1, dimensions2] = [first.points.shape[1], second.points.shape[1]];
  if (dimensions1 !== dimensions2) {
    throw new LossInputError(loss, 'second.points', `has ${dimensions2} dimensions, first.points has ${dimensions1}`);
  }
}

/** Words of one topic, of all languages together, by their row among the word embeddings. */
export type WordList = ArrayLike<number>;

/** Words of one topic and what each of them weighs; no words means that the topic is left out. */
export interface WeightedWords {
  readonly words: WordList;
  /** One per word. */
  readonly weights: ArrayLike<number>;
}

/** Throws unless refined words are rows of the embeddings, each with a weight, and there is a topic. */
export function requireRefinedWords(loss: string, embeddings: Tensor2D, refinedWords: readonly WeightedWords[]): void {
  requireShape(loss, 'embeddings', embeddings, [undefined, undefined]);
  if (refinedWords.length === 0) throw new LossInputError(loss, 'refinedWords', 'has no topics');
  requireWords(loss, 'refinedWords', refinedWords.map(({ words }) => words), embeddings.shape[0]);
  refinedWords.forEach(({ words, weights }, topic) => {
    if (words.length === weights.length) return;
    throw new LossInputError(
      loss,
      'refinedWords',
      `has ${words.length} words and ${weights.length} weights in topic ${topic}`,
    );
  });
}

/** Throws unless there is a list of top words for every topic, of rows of the embeddings. */
export function requireTopWords(topWords: readonly WordList[], numTopics: number, numWords: number): void {
  if (topWords.length !== numTopics) {
    throw new LossInputError('atTopWords', 'topWords', `has ${topWords.length} topics, expected ${numTopics}`);
  }
  requireWords('atTopWords', 'topWords', topWords, numWords);
}

function requireWords(loss: string, argument: string, topics: readonly WordList[], numWords: number): void {
  topics.forEach((words, topic) => {
    const outside = Array.from(words).find((word) => !(Number.isInteger(word) && word >= 0 && word < numWords));
    if (outside !== undefined) {
      throw new LossInputError(
        loss,
        argument,
        `names word ${outside} in topic ${topic}, expected rows in [0, ${numWords})`,
      );
    }
  });
}

/** Throws unless the tensor has the shape; an axis given as `undefined` may have any size but 0. */
export function requireShape(
  loss: string,
  argument: string,
  tensor: Tensor,
  shape: readonly (number | undefined)[],
): void {
  const { shape: actual } = tensor;
  if (actual.length !== shape.length || shape.some((size, axis) => size !== undefined && size !== actual[axis])) {
    const expected = shape.map((size) => size ?? 'any').join(', ');
    throw new LossInputError(loss, argument, `has shape [${actual.join(', ')}], expected [${expected}]`);
  }
  if (actual.includes(0)) throw new LossInputError(loss, argument, `is empty: its shape is [${actual.join(', ')}]`);
}

/** Throws unless the sparse rows describe a matrix of this shape. */
export function requireSparseRows(
  loss: string,
  argument: string,
  matrix: SparseRows,
  shape: readonly [number, number],
): void {
  const { rows, columns, indptr, indices, values } = matrix;
  if (rows !== shape[0] || columns !== shape[1]) {
    throw new LossInputError(loss, argument, `has shape [${rows}, ${columns}], expected [${shape.join(', ')}]`);
  }
  if (indptr.length !== rows + 1 || indptr[rows] !== indices.length || values.length !== indices.length) {
    throw new LossInputError(loss, argument, 'is not in compressed sparse row format: lengths do not agree');
  }
  if (indices.some((column) => column < 0 || column >= columns)) {
    throw new LossInputError(loss, argument, `names a column outside [0, ${columns})`);
  }
}

/** Throws unless the setting is a finite number above 0. */
export function requirePositive(loss: string, argument: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value)))
    throw new LossInputError(loss, argument, `is ${value}, expected a number above 0`);
}

/** Throws unless the setting is one of the choices. */
export function requireChoice<Choice extends string>(
  loss: string,
  argument: string,
  value: Choice,
  choices: readonly Choice[],
): void {
  if (!choices.includes(value))
    throw new LossInputError(loss, argument, `is ${value}, expected one of ${choices.join(', ')}`);
}

/**
 * The options with defaults filled in. An option that the loss does not know is an error, since it is most likely
 * misspelt.
 */
export function withDefaults<Options extends object>(
  loss: string,
  options: Partial<Options>,
  defaults: Readonly<Options>,
): Readonly<Options> {
  const unknown = Object.keys(options).find((key) => !(key in defaults));
  if (unknown !== undefined) throw new LossInputError(loss, unknown, 'is not an option');
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given };
}
