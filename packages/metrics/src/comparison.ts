import { InvalidOptionError, type Topic } from '@xtm/contracts';
import { mean, sampleDeviation } from './topic-scores';

/** Outcome of a paired t-test. */
export interface PairedTest {
  /** Mean of second − first. */
  readonly difference: number;
  /** Student's t; ±Infinity if all differences are equal and not 0, NaN if all are 0. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Two-sided probability of a t as large under no difference. */
  readonly pValue: number;
}

/**
 * Paired two-sided t-test of one measure of two methods over the same seeds.
 *
 * With few seeds it takes the differences to be normal; five seeds are five pairs, whatever the number of topics.
 *
 * @param first measure of the first method, one entry per seed
 * @param second the other's, the same seeds in the same order
 * @throws InvalidOptionError for lists of different lengths or fewer than two pairs.
 */
export function pairedTest(first: readonly number[], second: readonly number[]): PairedTest {
  if (first.length !== second.length || first.length < 2) {
    throw new InvalidOptionError(
      'values',
      [first.length, second.length],
      'a paired test needs two lists of the same length, at least two long',
    );
  }
  const differences = second.map((value, pair) => value - first[pair]!);
  const difference = mean(differences);
  const t = difference / (sampleDeviation(differences) / Math.sqrt(differences.length));
  const degreesOfFreedom = differences.length - 1;
  return {
    difference,
    t,
    degreesOfFreedom,
    pValue: Number.isNaN(t) ? 1 : 1 - studentCentralProbability(Math.abs(t), degreesOfFreedom),
  };
}

/** P(|T| ≤ t) of Student's distribution with whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function studentCentralProbability(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(t / Math.sqrt(degreesOfFreedom));
  const cosine = Math.cos(angle);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degreesOfFreedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** How much the topics of models that differ only in their seed agree. */
export interface TopicStability {
  /** Mean agreement over all pairs of models, in [0, 1]. */
  readonly mean: number;
  /** Agreement of models i and j, [models][models]; 1 on the diagonal. */
  readonly perPair: readonly (readonly number[])[];
  /** Mean agreement of each topic of the first model with its partners in the others: which topics to rely on. */
  readonly perTopic: readonly number[];
}

/**
 * Stability of topics over models (Greene, O'Callaghan and Cunningham 2014, with Jaccard overlap): the topics of two
 * models are matched one to one so that the total overlap of their words is largest, and agreement is the mean overlap
 * of the matched topics. Overlap is words in common by words in either, mean over the languages.
 *
 * 1 when all models have the same topics in any order; comparing it over numbers of topics helps to choose one.
 *
 * @param models topics of two or more models with the same number of topics
 * @throws InvalidOptionError for fewer than two models or different numbers of topics.
 */
export function topicStability(models: readonly (readonly Topic[])[]): TopicStability {
  const counts = models.map((topics) => topics.length);
  if (models.length < 2) throw new InvalidOptionError('models', models.length, 'stability needs at least two models');
  if (new Set(counts).size > 1)
    throw new InvalidOptionError('models', counts, `the models have ${counts.join(', ')} topics, not the same number`);
  const perPair = models.map(() => new Array<number>(models.length).fill(1));
  const withFirst: number[][] = [];
  models.forEach((left, i) => {
    for (let j = i + 1; j < models.length; j++) {
      const overlaps = matchedOverlaps(left, models[j]!);
      perPair[i]![j] = perPair[j]![i] = mean(overlaps);
      if (i === 0) withFirst.push(overlaps);
    }
  });
  const pairs = perPair.flatMap((row, i) => row.slice(i + 1));
  const perTopic = models[0]!.map((_, topic) => mean(withFirst.map((overlaps) => overlaps[topic]!)));
  return { mean: mean(pairs), perPair, perTopic };
}

/** Overlap of each topic of `left` with the topic of `right` that it is matched with. */
function matchedOverlaps(left: readonly Topic[], right: readonly Topic[]): number[] {
  const overlaps = left.map((topic) => right.map((other) => topicOverlap(topic, other)));
  return optimalAssignment(overlaps).map((partner, topic) => overlaps[topic]![partner]!);
}

function topicOverlap(left: Topic, right: Topic): number {
  return mean(left.words.map((words, language) => jaccard(words, right.words[language] ?? [])));
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const union = new Set([...left, ...right]);
  const other = new Set(right);
  const common = [...new Set(left)].filter((word) => other.has(word)).length;
  return union.size === 0 ? 1 : common / union.size;
}

/**
 * One-to-one assignment of rows to columns with the largest total, by shortest augmenting paths (Kuhn 1955 in the form
 * of Jonker and Volgenant 1987); time grows with rows² · columns.
 *
 * @param gains [rows][columns] with rows ≤ columns
 * @returns [rows] the column of each row
 */
export function optimalAssignment(gains: readonly (readonly number[])[]): number[] {
  const columns = gains[0]?.length ?? 0;
  const prices: Prices = { ofRow: new Float64Array(gains.length), ofColumn: new Float64Array(columns) };
  const rowOfColumn = new Int32Array(columns).fill(-1);
  gains.forEach((_, row) => {
    const { free, previous } = shortestPath(gains, row, rowOfColumn, prices);
    augment(rowOfColumn, previous, free, row);
  });
  const columnOfRow = new Array<number>(gains.length);
  rowOfColumn.forEach((row, column) => {
    if (row >= 0) columnOfRow[row] = column;
  });
  return columnOfRow;
}

/** Dual prices: the loss of an assignment beyond the prices of its row and column is never negative. */
interface Prices {
  readonly ofRow: Float64Array;
  readonly ofColumn: Float64Array;
}

/** The cheapest alternating path from `start` to a free column; changes the prices so that it costs nothing. */
function shortestPath(gains: readonly (readonly number[])[], start: number, rowOfColumn: Int32Array, prices: Prices) {
  const columns = rowOfColumn.length;
  const distance = new Float64Array(columns).fill(Infinity);
  /** Column before this one on the path; −1 at its beginning. */
  const previous = new Int32Array(columns).fill(-1);
  const settled: number[] = [];
  const open = new Set(Array.from({ length: columns }, (_, column) => column));
  let column = -1;
  let length = 0;
  for (;;) {
    const row = column < 0 ? start : rowOfColumn[column]!;
    if (row < 0) break;
    for (const next of open) {
      const reduced = -gains[row]![next]! - prices.ofRow[row]! - prices.ofColumn[next]!;
      if (length + reduced < distance[next]!) {
        distance[next] = length + reduced;
        previous[next] = column;
      }
    }
    column = nearest(open, distance);
    length = distance[column]!;
    open.delete(column);
    settled.push(column);
  }
  prices.ofRow[start]! += length;
  for (const passed of settled) {
    const slack = length - distance[passed]!;
    prices.ofColumn[passed]! -= slack;
    if (rowOfColumn[passed]! >= 0) prices.ofRow[rowOfColumn[passed]!]! += slack;
  }
  return { free: column, previous };
}

function nearest(open: ReadonlySet<number>, distance: Float64Array): number {
  let best = -1;
  for (const column of open) if (best < 0 || distance[column]! < distance[best]!) best = column;
  return best;
}

/** Gives every row on the path the column after its own. */
function augment(rowOfColumn: Int32Array, previous: Int32Array, free: number, start: number): void {
  for (let column = free; column >= 0; column = previous[column]!) {
    const before = previous[column]!;
    rowOfColumn[column] = before < 0 ? start : rowOfColumn[before]!;
  }
}
