import { element } from '../dom/element';
import type { PageState } from '../state/page-state';

/** The slider that says what makes a word a topic's: how often it is there, or how much more than elsewhere. */
export function relevanceField({ relevance }: PageState): HTMLElement {
  const input = element('input', { type: 'range', id: 'relevance', min: 0, max: 1, step: 0.1, value: relevance.value, 'aria-describedby': 'relevance-note' });
  const output = element('output', { for: 'relevance' });
  input.addEventListener('input', () => relevance.set(Number(input.value)));
  relevance.follow((value) => {
    output.value = `λ = ${value.toFixed(1)}`;
  });
  return element(
    'div',
    { class: 'relevance' },
    element('label', { for: 'relevance' }, 'Relevance'),
    element('span', { class: 'quiet' }, 'peculiar to the topic'),
    input,
    element('span', { class: 'quiet' }, 'frequent in it'),
    output,
    element('p', { class: 'quiet', id: 'relevance-note' }, 'Words are ordered by λ log p(w|t) + (1 − λ) log p(w|t)/p(w). Bars are p(w|t); the mark is p(w) over all topics.'),
  );
}
