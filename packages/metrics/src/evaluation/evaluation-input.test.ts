import type { DenseMatrix } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { findMates } from './evaluation-input';

/** Row i holds the number i. */
const numbered = (rows: number): DenseMatrix => ({
  rows,
  columns: 1,
  data: Float32Array.from({ length: rows }, (_, row) => row),
});
const documents = (ids: readonly string[]) => ({ ids, proportions: numbered(ids.length) });

describe('findMates', () => {
  it('puts documents of the same id into the same row', () => {
    const mates = findMates(documents(['a', 'b', 'c']), documents(['c', 'x', 'a']), new SeededGenerator(1))!;
    expect([[...mates.first.data], [...mates.second.data]]).toEqual([[0, 2], [2, 0]]);
  });

  it('finds none without ids, proportions, or a second mate to choose from', () => {
    const some = documents(['a', 'b']);
    expect(findMates(some, undefined, new SeededGenerator(1))).toBeUndefined();
    expect(findMates(some, { ids: ['a', 'b'] }, new SeededGenerator(1))).toBeUndefined();
    expect(findMates(some, { proportions: numbered(2) }, new SeededGenerator(1))).toBeUndefined();
    expect(findMates(some, documents(['b', 'c']), new SeededGenerator(1))).toBeUndefined();
  });

  it('draws 5,000 of more, each once and with its own mate', () => {
    const many = documents(Array.from({ length: 6000 }, (_, document) => String(document)));
    const { first, second } = findMates(many, many, new SeededGenerator(1))!;
    expect(first.rows).toBe(5000);
    expect(second).toEqual(first);
    expect(new Set(first.data).size).toBe(5000);
    expect(first.data.some((document) => document >= 5000)).toBe(true);
    expect(findMates(many, many, new SeededGenerator(1))).toEqual({ first, second });
  });
});
