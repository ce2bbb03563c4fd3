import { element, type Child } from './element';

export interface TableColumn {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A table that scrolls sideways where it does not fit; the first column heads the rows. */
export function table(caption: string, columns: readonly TableColumn[], rows: readonly (readonly Child[])[]): HTMLElement {
  const head = element('tr', {}, ...columns.map(({ title, numeric }) => element('th', { scope: 'col', class: numeric ? 'number' : undefined }, title)));
  const body = rows.map((cells) =>
    element('tr', {}, ...cells.map((cell, at) => (at === 0 ? element('th', { scope: 'row' }, cell) : element('td', { class: columns[at]?.numeric ? 'number' : undefined }, cell)))));
  return element('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': caption }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)));
}
