import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import type { EvaluatedDocuments } from './evaluation-input';

/** Ranking takes time in the square of the mates, so of more than these a random sample is ranked. */
const MOST_MATES = 5000;

/** Proportions of documents and of their mates, row by row. */
export interface Mates {
  /** [mates, topics]. */
  readonly first: DenseMatrix;
  /** [mates, topics]. */
  readonly second: DenseMatrix;
}

/**
 * Documents with the same id in two languages, at most 5,000 of them; undefined where there are fewer than two, which
 * leave nothing to choose from.
 *
 * @param generator draws the sample
 */
export function findMates(first: EvaluatedDocuments | undefined, second: EvaluatedDocuments | undefined, generator: RandomGenerator): Mates | undefined {
  if (first?.ids === undefined || second?.ids === undefined || first.proportions === undefined || second.proportions === undefined) return undefined;
  const rowOfId = new Map(second.ids.map((id, row) => [id, row]));
  const pairs = first.ids.flatMap((id, row) => (rowOfId.has(id) ? [[row, rowOfId.get(id)!] as const] : []));
  if (pairs.length < 2) return undefined;
  const chosen = pairs.length > MOST_MATES ? sample(pairs, generator) : pairs;
  return { first: pickRows(first.proportions, chosen.map(([row]) => row)), second: pickRows(second.proportions, chosen.map(([, row]) => row)) };
}

function sample<Item>(items: readonly Item[], generator: RandomGenerator): Item[] {
  const positions = Int32Array.from(items.keys());
  generator.shuffle(positions);
  return Array.from(positions.subarray(0, MOST_MATES), (position) => items[position]!);
}

function pickRows({ columns, data }: DenseMatrix, rows: readonly number[]): DenseMatrix {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => picked.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return { rows: rows.length, columns, data: picked };
}
