import type { RunReportData } from '../../contract/run-data';
import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import { table } from '../dom/table';
import { formatBytes, formatCount, formatDuration } from '../format';

/** What was run on what, and what it cost. */
export function overviewView(data: RunReportData): Panel {
  const { overview } = data;
  const languages = data.languages.map(({ name }) => name).join(' and ');
  const lead = `${overview.numTopics} topics by ${overview.model} in ${languages}, from ${overview.dataset.name}${overview.dataset.description === undefined ? '' : ` (${overview.dataset.description})`}.`;
  return panel(
    'overview',
    overview.run,
    lead,
    element('dl', { class: 'tiles' }, ...tiles(data)),
    ...(overview.edits.length === 0 ? [] : [element('ul', { class: 'notes' }, ...overview.edits.map((edit) => element('li', {}, edit)))]),
    costNote(data),
    settingsList(data),
  );
}

function tiles({ overview: { dataset, effort, numTopics, spending }, languages }: RunReportData): HTMLElement[] {
  const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const each = (counts: readonly number[]): string => languages.map(({ name }, at) => `${formatCount(counts[at]!)} ${name}`).join(', ');
  const documents = dataset.trainDocuments.map((count, at) => count + dataset.testDocuments[at]!);
  const heldOut = total(dataset.testDocuments);
  const tokens = 'data' in spending ? spending.data.purposes.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0) : 0;
  return [
    tile('Documents', formatCount(total(documents)), `${each(documents)}${heldOut > 0 ? `; ${formatCount(heldOut)} held out` : ''}`),
    tile('Vocabulary', formatCount(total(dataset.words)), `${each(dataset.words)}${dataset.dictionaryPairs === undefined ? '' : `; ${formatCount(dataset.dictionaryPairs)} dictionary pairs`}`),
    tile('Topics', formatCount(numTopics), `in ${languages.length} languages`),
    tile('Training', effort.epochs === 0 ? 'one go' : `${effort.epochs} ${effort.epochs === 1 ? 'epoch' : 'epochs'}`, effortNote(effort)),
    tile('Language model', 'data' in spending ? `${formatCount(tokens)} tokens` : 'none asked', 'data' in spending ? costText(spending.data.cost) : 'no cost'),
  ];
}

function tile(name: string, value: string, note: string): HTMLElement {
  return element('div', { class: 'tile' }, element('dt', {}, name), element('dd', {}, element('strong', {}, value), element('small', {}, note)));
}

function effortNote({ seconds, documentsPerSecond, peakMemory, backend }: RunReportData['overview']['effort']): string {
  return [
    ...(seconds > 0 ? [formatDuration(seconds)] : []),
    ...(documentsPerSecond === undefined ? [] : [`${formatCount(documentsPerSecond)} documents/s`]),
    ...(peakMemory === undefined || peakMemory === 0 ? [] : [formatBytes(peakMemory)]),
    backend,
  ].filter((part) => part !== '').join(', ');
}

function costText(cost: number | undefined): string {
  return cost === undefined ? 'cost unknown: the run was given no prices' : `refinement cost ${cost.toFixed(4)}`;
}

function costNote({ overview: { spending } }: RunReportData): HTMLElement {
  if ('missing' in spending) return element('span', { hidden: true });
  const rows = spending.data.purposes.map(({ purpose, model, replies, fromCache = 0, inputTokens, outputTokens }) =>
    [purpose, model, replies === undefined ? '–' : `${formatCount(replies)}${fromCache > 0 ? `, ${formatCount(fromCache)} kept ones` : ''}`, formatCount(inputTokens), formatCount(outputTokens)]);
  const columns = [{ title: 'language model for' }, { title: 'model' }, { title: 'replies', numeric: true }, { title: 'tokens sent', numeric: true }, { title: 'received', numeric: true }];
  return element('details', { class: 'more' }, element('summary', {}, 'Cost of the language model'), table('Cost of the language model', columns, rows), element('p', { class: 'quiet' }, costText(spending.data.cost)));
}

function settingsList({ overview: { settings, effort } }: RunReportData): HTMLElement {
  const rows = settings.map(({ name, value, source }) => [name, value, source ?? '']);
  return element(
    'details',
    { class: 'more' },
    element('summary', {}, `Settings (${settings.length})`),
    table('Settings', [{ title: 'setting' }, { title: 'value' }, { title: 'from' }], rows),
    element('p', { class: 'quiet' }, effort.versions.join(', ')),
  );
}
