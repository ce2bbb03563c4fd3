import { InvalidOptionError, type SparseRows, type WordPairs } from '@xtm/contracts';

/**
 * The 0/1 translation matrix from one language to the other [vocabulary of `from`, vocabulary of `to`] as sparse rows,
 * whichever way round the pairs are listed. A pair listed twice counts once.
 */
export function translationRows(pairs: WordPairs, from: number, to: number, vocabularySizes: readonly number[]): SparseRows {
  const [source, target] = orient(pairs, from, to);
  const rows = vocabularySizes[from]!;
  const columns = vocabularySizes[to]!;
  const keys = new Set<number>();
  for (let i = 0; i < source.length; i++) keys.add(source[i]! * columns + target[i]!);
  const ordered = Float64Array.from(keys).sort();
  const indptr = new Int32Array(rows + 1);
  for (const key of ordered) indptr[Math.floor(key / columns) + 1]!++;
  for (let r = 0; r < rows; r++) indptr[r + 1]! += indptr[r]!;
  return {
    rows,
    columns,
    indptr,
    indices: Int32Array.from(ordered, (key) => key % columns),
    values: new Float32Array(ordered.length).fill(1),
  };
}

function orient(pairs: WordPairs, from: number, to: number): [Int32Array, Int32Array] {
  const [first, second] = pairs.languages;
  if (first === from && second === to) return [pairs.first, pairs.second];
  if (first === to && second === from) return [pairs.second, pairs.first];
  throw new InvalidOptionError('dictionary', pairs.languages, `does not link languages ${from} and ${to}`);
}
