import { PassThrough } from 'node:stream';
import type { Terminal } from './terminal';
import { formatWideTable, type GroupedColumn } from './wide-table';

function terminal(columns: number): Terminal {
  return { out: Object.assign(new PassThrough(), { columns }), log: new PassThrough(), environment: {}, signal: new AbortController().signal };
}

describe('formatWideTable', () => {
  const columns: GroupedColumn[] = [{ title: 'measure' }, ...['one', 'two', 'three'].flatMap((title, group) => [{ title, group }, { title: 'p', group }])];
  const rows = [['purity', '0.100', '0.5', '0.200', '0.6', '0.300', '0.7']];

  it('is one table where there is room', () => {
    expect(formatWideTable(columns, rows, terminal(80)).split('\n')).toEqual(['measure  one    p    two    p    three  p', 'purity   0.100  0.5  0.200  0.6  0.300  0.7']);
  });

  it.each([
    [31, ['purity   0.100  0.5  0.200  0.6', 'purity   0.300  0.7']],
    [30, ['purity   0.100  0.5', 'purity   0.200  0.6', 'purity   0.300  0.7']],
  ])('moves whole groups below at %i columns, with what they are of', (width, expected) => {
    const lines = formatWideTable(columns, rows, terminal(width)).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.startsWith('purity'))).toEqual(expected);
  });

  it('gives a group that fits nowhere a table of its own', () => {
    expect(formatWideTable(columns, rows, terminal(10)).split('\n\n')).toHaveLength(3);
  });
});
