import stringWidth from 'string-width';

/** How text tables are set. */
export interface TextStyle {
  /** Columns that a line may take; 100 by default. */
  readonly width?: number;
  /** Makes text stand out; by default it stays as it is. */
  readonly bold?: (text: string) => string;
}

export const DEFAULT_WIDTH = 100;

/** Text that stands out where the style can show it. */
export function emphasise({ bold }: TextStyle, text: string): string {
  return bold?.(text) ?? text;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Cut to fit a narrow width; other columns keep theirs. */
  readonly flexible?: boolean;
}

/** What stands between two columns. */
export const GAP = '  ';

/** A table that fits the width, with double-width characters counted as such; one line per row. */
export function formatTable(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  style: TextStyle = {},
): string {
  const rows = cells.map((row) => row.map(printable));
  const widths = fitWidths(columns, rows, style.width ?? DEFAULT_WIDTH);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cut(cell, widths[i]!), widths[i]!, columns[i]!.align ?? 'left'))
      .join(GAP)
      .trimEnd();
  const head = line(columns.map(({ title }) => title));
  return [emphasise(style, head), ...rows.map(line)].join('\n');
}

/** Words and labels come from anywhere: none of them may steer the terminal or break a line. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD');
}

function fitWidths(columns: readonly Column[], rows: readonly (readonly string[])[], available: number): number[] {
  const natural = columns.map((_, i) => naturalWidth(columns, rows, i));
  const flexible = columns.flatMap((column, i) => (column.flexible ? [i] : []));
  const fixed = natural.reduce(
    (sum, width, i) => (flexible.includes(i) ? sum : sum + width),
    GAP.length * (columns.length - 1),
  );
  const share = Math.max(8, Math.floor((available - fixed) / Math.max(1, flexible.length)));
  return natural.map((width, i) => (flexible.includes(i) ? Math.min(width, share) : width));
}

/** Display width of a column that nothing cuts. */
function naturalWidth(columns: readonly Column[], rows: readonly (readonly string[])[], index: number): number {
  return Math.max(stringWidth(columns[index]!.title), ...rows.map((row) => stringWidth(row[index] ?? '')));
}

/** Cuts to a display width, whole characters only, an ellipsis in place of what is lost. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

/** A column that may move into a table below. */
export interface GroupedColumn extends Column {
  /** Columns of one group stay side by side; those without a group stand at the left of every part. */
  readonly group?: number;
}

/** A table whose groups of columns go into further tables below where the width has no room for them. */
export function formatWideTable(
  columns: readonly GroupedColumn[],
  rows: readonly (readonly string[])[],
  style: TextStyle = {},
): string {
  const everyColumn = [...columns.keys()];
  const fixed = everyColumn.filter((index) => columns[index]!.group === undefined);
  const groups = [...new Set(columns.flatMap(({ group }) => group ?? []))].map((group) =>
    everyColumn.filter((index) => columns[index]!.group === group),
  );
  const widthOf = (indices: readonly number[]): number =>
    indices.reduce((sum, index) => sum + naturalWidth(columns, rows, index) + GAP.length, 0);
  const room = (style.width ?? DEFAULT_WIDTH) + GAP.length - widthOf(fixed);
  const parts: number[][] = [[]];
  for (const group of groups) {
    const last = parts.at(-1)!;
    if (last.length > 0 && widthOf([...last, ...group]) > room) parts.push([...group]);
    else last.push(...group);
  }
  return parts
    .map((part) => [...fixed, ...part])
    .map((indices) =>
      formatTable(
        indices.map((index) => columns[index]!),
        rows.map((row) => indices.map((index) => row[index] ?? '')),
        style,
      ),
    )
    .join('\n\n');
}

/** A column of figures. */
export function right(title: string): Column {
  return { title, align: 'right' };
}

/** One fact per line, their names in a column. */
export function formatFacts(facts: readonly (readonly [name: string, value: string])[], mark = ''): string {
  const width = Math.max(...facts.map(([name]) => name.length)) + mark.length;
  return facts
    .map(([name, value]) => `${`${name}${mark}`.padEnd(width)}${mark === '' ? '  ' : ' '}${value}`)
    .join('\n');
}
