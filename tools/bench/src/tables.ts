/** Three digits, as many as the spread of timings leaves meaning to; blank where there is no figure. */
export function formatMilliseconds(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}

/** One column of a table whose lines are made from rows. */
export interface Column<Row> {
  readonly title: string;
  /** Numbers stand right. */
  readonly align: 'left' | 'right';
  cell(row: Row): string;
}

const GAP = '  ';

/** One line of titles, then one line per row. Columns without any content are left out. */
export function formatTextTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const filled = columns
    .map(({ title, align, cell }) => ({ align, cells: [title, ...rows.map(cell)] }))
    .filter(({ cells }) => cells.slice(1).some((text) => text !== ''));
  const padded = filled.map(({ align, cells }) => {
    const width = Math.max(...cells.map(({ length }) => length));
    return cells.map((text) => (align === 'left' ? text.padEnd(width) : text.padStart(width)));
  });
  return [-1, ...rows.keys()].map((row) => padded.map((cells) => cells[row + 1]!).join(GAP).trimEnd()).join('\n');
}
