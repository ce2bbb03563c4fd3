import { element } from './element';

export interface LegendItem {
  readonly name: string;
  /** A colour as styles know it. */
  readonly colour: string;
}

/** What the colours of a chart stand for, on as many lines as it takes. */
export function legend(items: readonly LegendItem[]): HTMLElement {
  return element('ul', { class: 'legend' }, ...items.map(({ name, colour }) => element('li', { style: `--tone: ${colour}` }, name)));
}
