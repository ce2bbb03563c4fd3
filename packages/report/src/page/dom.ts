type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type Child = Node | string;

/**
 * An element with attributes and children. Text becomes text nodes, so that words and documents are never taken for
 * markup; `true` sets an attribute without a value, `false` and `undefined` leave it out.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) created.setAttribute(name, value === true ? '' : String(value));
  }
  created.append(...children);
  return created;
}

/** A section of the page. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly section: HTMLElement;
}

/** @param lead one or two sentences on how to read it */
export function panel(id: string, title: string, lead: string, ...children: readonly Child[]): Panel {
  const heading = element(
    'header',
    { class: 'panel-head' },
    element('h2', { id: `${id}-title` }, title),
    element('p', { class: 'lead' }, lead),
  );
  return {
    id,
    title,
    section: element('section', { id, class: 'panel', 'aria-labelledby': `${id}-title` }, heading, ...children),
  };
}

/** What stands in place of a view that has no data. */
export function missingNote(reason: string): HTMLElement {
  return element('p', { class: 'missing' }, reason);
}

interface TableColumn {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A table that scrolls sideways where it does not fit; the first column heads the rows. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly Child[])[],
): HTMLElement {
  const head = element(
    'tr',
    {},
    ...columns.map(({ title, numeric }) =>
      element('th', { scope: 'col', class: numeric ? 'number' : undefined }, title),
    ),
  );
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell, at) =>
        at === 0
          ? element('th', { scope: 'row' }, cell)
          : element('td', { class: columns[at]?.numeric ? 'number' : undefined }, cell),
      ),
    ),
  );
  return element(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}

interface Option<Value extends string> {
  readonly value: Value;
  readonly title: string;
}

/** A drop-down list with its label. */
export function selectField(
  title: string,
  options: readonly Option<string>[],
  onChange: (value: string) => void,
): { readonly field: HTMLElement; readonly select: HTMLSelectElement } {
  const select = element('select', {}, ...options.map(({ value, title: text }) => element('option', { value }, text)));
  select.addEventListener('change', () => onChange(select.value));
  return { field: element('label', { class: 'field' }, element('span', {}, title), select), select };
}

/** A few choices side by side, one of which holds; arrow keys move between them. */
export function segmentedChoice<Value extends string>(
  title: string,
  options: readonly Option<Value>[],
  onChange: (value: Value) => void,
): HTMLElement {
  const name = `choice-${title.replaceAll(/\W+/g, '-')}`;
  const labels = options.map(({ value, title: text }, index) => {
    const input = element('input', { type: 'radio', name, value, checked: index === 0 });
    input.addEventListener('change', () => onChange(value));
    return element('label', {}, input, element('span', {}, text));
  });
  return element('fieldset', { class: 'segmented' }, element('legend', {}, title), ...labels);
}

interface LegendItem {
  readonly name: string;
  /** A colour as styles know it. */
  readonly colour: string;
}

/** What the colours of a chart stand for, on as many lines as it takes. */
export function legend(items: readonly LegendItem[]): HTMLElement {
  return element(
    'ul',
    { class: 'legend' },
    ...items.map(({ name, colour }) => element('li', { style: `--tone: ${colour}` }, name)),
  );
}
