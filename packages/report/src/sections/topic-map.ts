import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import { type DoubleMatrix, truncatedSvd } from '@xtm/numeric';
import type { TopicMapData } from '../contract/topic-data';
import { significant } from '../wording';

/**
 * Topics in two dimensions, so that distances come near to the roots of the Jensen–Shannon divergences between their
 * word distributions, mean over the languages: classical scaling, as in pyLDAvis, then majorisation, which spreads
 * topics that are all about as far from each other.
 *
 * @param topicWord [topics, vocabulary], one per language
 */
export function layOutTopics(topicWord: readonly DenseMatrix[], generator: RandomGenerator): TopicMapData {
  const divergences = meanDivergences(topicWord);
  const distances = divergences.map(Math.sqrt);
  const { x, y } = scaleDistances(classicalScaling(divergences, topicWord[0]!.rows, generator), distances);
  return {
    x: Array.from(x, (value) => significant(value)),
    y: Array.from(y, (value) => significant(value)),
    fit: significant(correlation(distances, planeDistances({ x, y })), 3),
  };
}

function classicalScaling(squares: Float64Array, size: number, generator: RandomGenerator): PlanePoints {
  const rank = Math.min(2, size);
  const { left, values } = truncatedSvd(doubleCentre(squares, size), { rank, generator });
  const axis = (dimension: number): Float64Array =>
    Float64Array.from({ length: size }, (_, point) =>
      dimension < rank ? left.data[point * rank + dimension]! * Math.sqrt(values[dimension]!) : 0,
    );
  return { x: axis(0), y: axis(1) };
}

/** Pearson's; 1 where nothing varies. */
function correlation(first: Float64Array, second: Float64Array): number {
  const centre = (values: Float64Array): Float64Array => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [a, b] = [centre(first), centre(second)];
  const product = (left: Float64Array, right: Float64Array): number =>
    left.reduce((sum, value, at) => sum + value * right[at]!, 0);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale > 0 ? product(a, b) / scale : 1;
}

function meanDivergences(topicWord: readonly DenseMatrix[]): Float64Array {
  const topics = topicWord[0]!.rows;
  const divergences = new Float64Array(topics * topics);
  for (const { columns, data } of topicWord) {
    const rows = Array.from({ length: topics }, (_, topic) => data.subarray(topic * columns, (topic + 1) * columns));
    const entropies = rows.map((row) => row.reduce((sum, p) => sum + plogp(p), 0));
    for (let i = 0; i < topics; i++) {
      for (let j = 0; j < i; j++) {
        const divergence =
          Math.max(0, (entropies[i]! + entropies[j]!) / 2 - mixtureTerm(rows[i]!, rows[j]!)) / topicWord.length;
        divergences[i * topics + j]! += divergence;
        divergences[j * topics + i]! += divergence;
      }
    }
  }
  return divergences;
}

/** Σ m log m of the even mixture of two distributions. */
function mixtureTerm(first: Float32Array, second: Float32Array): number {
  let sum = 0;
  for (let word = 0; word < first.length; word++) sum += plogp((first[word]! + second[word]!) / 2);
  return sum;
}

function plogp(p: number): number {
  return p > 0 ? p * Math.log(p) : 0;
}

/** Inner products of centred points from their squared distances. */
function doubleCentre(squares: Float64Array, size: number): DoubleMatrix {
  const means = Array.from(
    { length: size },
    (_, i) => squares.subarray(i * size, (i + 1) * size).reduce((a, b) => a + b, 0) / size,
  );
  const mean = means.reduce((a, b) => a + b, 0) / size;
  const data = squares.map((square, at) => -(square - means[Math.floor(at / size)]! - means[at % size]! + mean) / 2);
  return { rows: size, columns: size, data };
}

/** Points in the plane. */
interface PlanePoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const ITERATIONS = 300;

/** Points nearer than this push each other no further apart. */
const SMALLEST = 1e-9;

/**
 * Moves points so that their distances come near to given ones: metric scaling by majorisation of the squared error
 * (SMACOF, de Leeuw 1977), with equal weights.
 *
 * @param start where to begin
 * @param distances [points, points], symmetric
 */
export function scaleDistances(start: PlanePoints, distances: Float64Array): PlanePoints {
  let points = start;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) points = guttmanTransform(points, distances);
  return points;
}

/** One step of majorisation: the error never grows. */
function guttmanTransform({ x, y }: PlanePoints, distances: Float64Array): PlanePoints {
  const size = x.length;
  const next = { x: new Float64Array(size), y: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [dx, dy] = [x[i]! - x[j]!, y[i]! - y[j]!];
      const ratio = distances[i * size + j]! / Math.max(SMALLEST, Math.hypot(dx, dy));
      next.x[i]! += (ratio * dx) / size;
      next.y[i]! += (ratio * dy) / size;
    }
  }
  return next;
}

/** Distances between all pairs of points [points, points]. */
export function planeDistances({ x, y }: PlanePoints): Float64Array {
  const size = x.length;
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
  });
}
