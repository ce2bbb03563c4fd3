import type { DocumentMetadata } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { bootstrapMeans, dateGroups, findFacets } from './prevalence';

const documents = (metadata: readonly DocumentMetadata[]) =>
  metadata.map((entry, at) => ({ id: String(at), split: 'train', metadata: entry }));

describe('findFacets', () => {
  it('leaves out columns that tell nothing: one value, or another for nearly every document', () => {
    expect(
      findFacets(
        documents(
          Array.from({ length: 30 }, (_, at) => ({ same: 'x', title: `title ${at}`, shop: at % 2 === 0 ? 'a' : 'b' })),
        ),
      ).map(({ name }) => name),
    ).toEqual(['shop']);
  });

  it('orders categories as people count, and puts the small ones together', () => {
    const values = Array.from({ length: 400 }, (_, at) => ({ size: `size ${at % 20 === 19 ? 19 : at % 20}` })).concat(
      Array.from({ length: 90 }, (_, at) => ({ size: `size ${at % 9}` })),
    );
    const [size] = findFacets(documents(values));
    expect(size!.groups.slice(0, 3)).toEqual(['size 0', 'size 1', 'size 2']);
    expect(size!.groups.at(-1)).toBe('other');
    expect(size!.groups).toHaveLength(17);
    expect(size!.groupOf({ id: '1', split: 'train', metadata: { size: 'size 19' } })).toBe(16);
    expect(size!.groupOf({ id: '1', split: 'train', metadata: { size: null } })).toBe(-1);
  });

  it('puts many numbers into quantiles', () => {
    const [price] = findFacets(documents(Array.from({ length: 100 }, (_, at) => ({ price: at }))));
    expect(price).toMatchObject({
      kind: 'number',
      groups: ['0 to below 20', '20 to below 40', '40 to below 60', '60 to below 80', '80 to 99'],
    });
    expect(
      [0, 19, 20, 99].map((value) => price!.groupOf({ id: '1', split: 'train', metadata: { price: value } })),
    ).toEqual([0, 0, 1, 4]);
  });
});

describe('dateGroups', () => {
  it('takes the finest period that gives few enough', () => {
    const days = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)).toISOString());
    expect(dateGroups(days)!.groups).toHaveLength(12);
    expect(dateGroups(days.slice(0, 9))!.groups[0]).toBe('2023-01-01');
    expect(dateGroups(days)!.groupOf('2023-03-09')).toBe(2);
    expect(dateGroups(days)!.groupOf('soon')).toBe(-1);
  });

  it('is for dates only', () => {
    expect(dateGroups(['12', '2023-01', 'x'])).toBeUndefined();
    expect(dateGroups(['2023', '2023'])).toBeUndefined();
  });
});

function normalRows(rows: number, seed: number) {
  const generator = new SeededGenerator(seed);
  return { rows, columns: 1, data: Float32Array.from({ length: rows }, () => 5 + 2 * generator.normal()) };
}

const everyRow = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe('bootstrapMeans', () => {
  // 2 · 1.96 · 2 / √n is the width of the interval of a normal mean; below and above the size from which blocks are
  // drawn.
  it.each([400, 6000])('gives the width that theory gives for %i rows', (rows) => {
    const { mean, low, high } = bootstrapMeans(normalRows(rows, 1), everyRow(rows), new SeededGenerator(2));
    expect(Math.abs(mean[0]! - 5)).toBeLessThan(8 / Math.sqrt(rows));
    const width = (high[0]! - low[0]!) / ((2 * 1.96 * 2) / Math.sqrt(rows));
    expect(width).toBeGreaterThan(0.8);
    expect(width).toBeLessThan(1.2);
  });

  it('is of the rows asked for only, and a single row has no width', () => {
    const matrix = { rows: 3, columns: 2, data: Float32Array.of(1, 2, 0.25, 0.5, 7, 8) };
    const { mean, low, high } = bootstrapMeans(matrix, Int32Array.of(1), new SeededGenerator(0));
    for (const values of [mean, low, high]) expect(Array.from(values)).toEqual([0.25, 0.5]);
  });
});
