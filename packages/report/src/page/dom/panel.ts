import { element, type Child } from './element';

/** A section of the page. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly section: HTMLElement;
}

/** @param lead one or two sentences on how to read it */
export function panel(id: string, title: string, lead: string, ...children: readonly Child[]): Panel {
  const heading = element('header', { class: 'panel-head' }, element('h2', { id: `${id}-title` }, title), element('p', { class: 'lead' }, lead));
  return { id, title, section: element('section', { id, class: 'panel', 'aria-labelledby': `${id}-title` }, heading, ...children) };
}

/** What stands in place of a view that has no data. */
export function missingNote(reason: string): HTMLElement {
  return element('p', { class: 'missing' }, reason);
}
