import type { FigureCard, FigureRow, FiguresData, FigureValue } from '../../contract/figures-data';
import type { RunReportData } from '../../contract/run-data';
import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import { table } from '../dom/table';
import { formatNumber, formatShare } from '../format';

/** How good the topics are: first whether they describe the documents, then everything else. */
export function figuresView({ figures, languages }: RunReportData): Panel {
  return panel(
    'figures',
    'Quality',
    'Whether the topics say something about the documents. “By chance” is what the same topics give when they are dealt out to the documents at random: a figure near it says nothing.',
    ...(figures.cards.length === 0 ? [] : [element('div', { class: 'cards' }, ...figures.cards.map(cardOf))]),
    rowsTable(figures.rows, languages.map(({ name }) => name)),
    ...(figures.classification.length === 0 ? [] : [classificationTable(figures)]),
    omittedList(figures),
  );
}

function cardOf({ title, explanation, unit, values }: FigureCard): HTMLElement {
  return element('section', { class: 'card' }, element('h3', {}, title), element('dl', {}, ...values.flatMap((value) => valueOf(value, unit))), element('p', { class: 'quiet' }, explanation));
}

function valueOf({ of, value, floor, isChance = false, note }: FigureValue, unit: FigureCard['unit']): HTMLElement[] {
  const format = (number: number | null): string => (number === null ? '–' : unit === 'share' ? formatShare(number) : Math.abs(number) >= 1 ? number.toFixed(1) : number.toFixed(2));
  const beside = [...(floor === undefined ? [] : [`by chance ${format(floor)}`]), ...(isChance ? ['no better than chance'] : []), ...(note === undefined ? [] : [note])];
  return [
    element('dt', {}, of),
    element('dd', { class: isChance ? 'is-chance' : undefined }, element('strong', {}, format(value)), ' ', element('small', {}, beside.join('; '))),
  ];
}

/** Measures, with a column for all and one per language. */
function rowsTable(rows: readonly FigureRow[], names: readonly string[]): HTMLElement {
  const columns = [{ title: 'measure' }, { title: 'all', numeric: true }, ...names.map((title) => ({ title, numeric: true }))];
  const cell = (value: number | null): string => (value === null ? '' : formatNumber(value));
  const body = rows.map(({ title, explanation, all, languages }) => [element('span', {}, title, element('small', { class: 'explanation' }, explanation)), cell(all), ...languages.map(cell)]);
  return element('div', { class: 'more' }, element('h3', {}, 'Lists of words, and other figures'), table('Other figures', columns, body));
}

/** How well documents' topics tell their labels, within a language and across. */
function classificationTable({ classification }: FiguresData): HTMLElement {
  const columns = [{ title: 'trained → tested' }, { title: 'classifier' }, { title: 'accuracy', numeric: true }, { title: 'macro-F1', numeric: true }];
  const rows = classification.map(({ trained, tested, classifier, accuracy, macroF1 }) => [`${trained} → ${tested}`, classifier, formatNumber(accuracy), formatNumber(macroF1)]);
  return element('div', { class: 'more' }, element('h3', {}, 'Labels told from topics by a classifier'), element('p', { class: 'quiet' }, 'Trained on the topics of documents of one language, tested on held-out ones of the same or another.'), table('Classification', columns, rows));
}

function omittedList({ omitted }: FiguresData): HTMLElement {
  const items = omitted.map(({ measure, reason }) => element('li', {}, element('strong', {}, measure), `: ${reason}`));
  return element('details', { class: 'more' }, element('summary', {}, `Measures left out (${omitted.length})`), element('ul', {}, ...items));
}
