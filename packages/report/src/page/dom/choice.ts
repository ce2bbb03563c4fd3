import { element } from './element';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly title: string;
}

/** A drop-down list with its label. */
export function selectField(title: string, options: readonly Option<string>[], onChange: (value: string) => void): { readonly field: HTMLElement; readonly select: HTMLSelectElement } {
  const select = element('select', {}, ...options.map(({ value, title: text }) => element('option', { value }, text)));
  select.addEventListener('change', () => onChange(select.value));
  return { field: element('label', { class: 'field' }, element('span', {}, title), select), select };
}

/** A few choices side by side, one of which holds; arrow keys move between them. */
export function segmentedChoice<Value extends string>(title: string, options: readonly Option<Value>[], onChange: (value: Value) => void): HTMLElement {
  const name = `choice-${title.replaceAll(/\W+/g, '-')}`;
  const labels = options.map(({ value, title: text }, index) => {
    const input = element('input', { type: 'radio', name, value, checked: index === 0 });
    input.addEventListener('change', () => onChange(value));
    return element('label', {}, input, element('span', {}, text));
  });
  return element('fieldset', { class: 'segmented' }, element('legend', {}, title), ...labels);
}
