import { formatTable, GAP, naturalWidth, type Column } from './table';
import { terminalWidth, type Terminal } from './terminal';

/** A column that may move into a table below. */
export interface GroupedColumn extends Column {
  /** Columns of one group stay side by side; those without a group stand at the left of every part. */
  readonly group?: number;
}

/** A table whose groups of columns go into further tables below where the terminal has no room for them. */
export function formatWideTable(columns: readonly GroupedColumn[], rows: readonly (readonly string[])[], terminal: Terminal): string {
  const everyColumn = [...columns.keys()];
  const fixed = everyColumn.filter((index) => columns[index]!.group === undefined);
  const groups = [...new Set(columns.flatMap(({ group }) => group ?? []))].map((group) => everyColumn.filter((index) => columns[index]!.group === group));
  const widthOf = (indices: readonly number[]): number => indices.reduce((sum, index) => sum + naturalWidth(columns, rows, index) + GAP.length, 0);
  const room = terminalWidth(terminal) + GAP.length - widthOf(fixed);
  const parts: number[][] = [[]];
  for (const group of groups) {
    const last = parts.at(-1)!;
    if (last.length > 0 && widthOf([...last, ...group]) > room) parts.push([...group]);
    else last.push(...group);
  }
  return parts
    .map((part) => [...fixed, ...part])
    .map((indices) => formatTable(indices.map((index) => columns[index]!), rows.map((row) => indices.map((index) => row[index] ?? '')), terminal))
    .join('\n\n');
}
