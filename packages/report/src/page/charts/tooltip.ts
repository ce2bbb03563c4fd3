import { element, type Child } from '../dom/element';
import type { Colours } from './colours';

/** What every tooltip looks like. Its contents are elements, never markup: words and documents are not to be trusted. */
export function tooltip({ surface, line, ink }: Colours, contents: (parameters: TooltipParameters) => HTMLElement): Readonly<Record<string, unknown>> {
  return {
    trigger: 'item',
    confine: true,
    transitionDuration: 0,
    backgroundColor: surface,
    borderColor: line,
    textStyle: { color: ink, fontSize: 13 },
    extraCssText: 'max-width: min(340px, 80vw); white-space: normal;',
    formatter: contents,
  };
}

/** What the library tells of the thing under the pointer. */
export interface TooltipParameters {
  readonly dataIndex: number;
  readonly seriesIndex: number;
  readonly value: unknown;
}

export function tooltipBody(title: Child, ...lines: readonly Child[]): HTMLElement {
  return element('div', { class: 'tip' }, element('strong', {}, title), ...lines.map((text) => element('div', {}, text)));
}
