import type { EChartsCoreOption } from 'echarts/core';
import type { ComparisonReportData } from '../../contract/comparison-data';
import type { LossCurve, RunReportData, TrainingData, WarningData } from '../../contract/run-data';
import { categoryAxis, Chart, type Colours, tooltip, tooltipBody, valueAxis } from '../charts';
import { element, missingNote, type Panel, panel, table } from '../dom';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../format';
import type { Observable, PageState, Theme } from '../state';

/** The bar at the top: what the page is about, the search, the switch between light and dark. */
export function header(title: string, theme: Observable<Theme>, search?: HTMLElement): HTMLElement {
  const toggle = element('button', { type: 'button', class: 'theme-toggle' });
  toggle.addEventListener('click', () => theme.set(theme.value === 'dark' ? 'light' : 'dark'));
  theme.follow((value) => toggle.replaceChildren(value === 'dark' ? 'Light theme' : 'Dark theme'));
  return element(
    'header',
    { class: 'page-head' },
    element(
      'a',
      { class: 'brand', href: '#page' },
      element('span', { class: 'brand-mark', 'aria-hidden': true }),
      element('span', { class: 'brand-title' }, title),
    ),
    ...(search === undefined ? [] : [search]),
    toggle,
  );
}

/** Links to the sections; the one in view is marked. */
function navigation(panels: readonly Panel[]): HTMLElement {
  const links = panels.map(({ id, title }) => element('a', { href: `#${id}` }, title));
  const nav = element('nav', { class: 'page-nav', 'aria-label': 'Sections' }, ...links);
  const mark = (id: string): void =>
    links.forEach((link, at) =>
      panels[at]!.id === id ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'),
    );
  const observer = new IntersectionObserver(
    (entries) => {
      const visible = entries.find(({ isIntersecting }) => isIntersecting);
      if (visible !== undefined) mark(visible.target.id);
    },
    { rootMargin: '-20% 0px -75% 0px' },
  );
  for (const { section } of panels) observer.observe(section);
  return nav;
}

/**
 * Puts a page together.
 *
 * @param first what stands before all panels
 */
export function pageBody(
  head: HTMLElement,
  panels: readonly Panel[],
  foot: string,
  first: readonly HTMLElement[] = [],
): readonly HTMLElement[] {
  const main = element('main', { id: 'content', tabindex: -1 }, ...first, ...panels.map(({ section }) => section));
  return [
    element('a', { class: 'skip', href: '#content' }, 'Skip to content'),
    head,
    element('div', { class: 'page-body' }, navigation(panels), main),
    element('footer', { class: 'page-foot' }, foot),
  ];
}

/** What was run on what, and what it cost. */
export function overviewView(data: RunReportData): Panel {
  const { overview } = data;
  const languages = data.languages.map(({ name }) => name).join(' and ');
  const { name, description } = overview.dataset;
  const dataset = description === undefined ? name : `${name} (${description})`;
  const lead = `${overview.numTopics} topics by ${overview.model} in ${languages}, from ${dataset}.`;
  return panel(
    'overview',
    overview.run,
    lead,
    element('dl', { class: 'tiles' }, ...tiles(data)),
    ...(overview.edits.length === 0
      ? []
      : [element('ul', { class: 'notes' }, ...overview.edits.map((edit) => element('li', {}, edit)))]),
    costNote(data),
    settingsList(data),
  );
}

function tiles({ overview: { dataset, effort, numTopics, spending }, languages }: RunReportData): HTMLElement[] {
  const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  const each = (counts: readonly number[]): string =>
    languages.map(({ name }, at) => `${formatCount(counts[at]!)} ${name}`).join(', ');
  const documents = dataset.trainDocuments.map((count, at) => count + dataset.testDocuments[at]!);
  const heldOut = total(dataset.testDocuments);
  const tokens =
    'data' in spending
      ? spending.data.purposes.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0)
      : 0;
  return [
    tile(
      'Documents',
      formatCount(total(documents)),
      `${each(documents)}${heldOut > 0 ? `; ${formatCount(heldOut)} held out` : ''}`,
    ),
    tile(
      'Vocabulary',
      formatCount(total(dataset.words)),
      each(dataset.words) +
        (dataset.dictionaryPairs === undefined ? '' : `; ${formatCount(dataset.dictionaryPairs)} dictionary pairs`),
    ),
    tile('Topics', formatCount(numTopics), `in ${languages.length} languages`),
    tile(
      'Training',
      effort.epochs === 0 ? 'one go' : `${effort.epochs} ${effort.epochs === 1 ? 'epoch' : 'epochs'}`,
      effortNote(effort),
    ),
    tile(
      'Language model',
      'data' in spending ? `${formatCount(tokens)} tokens` : 'none asked',
      'data' in spending ? costText(spending.data.cost) : 'no cost',
    ),
  ];
}

function tile(name: string, value: string, note: string): HTMLElement {
  return element(
    'div',
    { class: 'tile' },
    element('dt', {}, name),
    element('dd', {}, element('strong', {}, value), element('small', {}, note)),
  );
}

function effortNote({
  seconds,
  documentsPerSecond,
  peakMemory,
  backend,
}: RunReportData['overview']['effort']): string {
  return [
    ...(seconds > 0 ? [formatDuration(seconds)] : []),
    ...(documentsPerSecond === undefined ? [] : [`${formatCount(documentsPerSecond)} documents/s`]),
    ...(peakMemory === undefined || peakMemory === 0 ? [] : [formatBytes(peakMemory)]),
    backend,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function costText(cost: number | undefined): string {
  return cost === undefined ? 'cost unknown: the run was given no prices' : `refinement cost ${cost.toFixed(4)}`;
}

function costNote({ overview: { spending } }: RunReportData): HTMLElement {
  if ('missing' in spending) return element('span', { hidden: true });
  const rows = spending.data.purposes.map(({ purpose, model, replies, fromCache = 0, inputTokens, outputTokens }) => [
    purpose,
    model,
    replies === undefined
      ? '–'
      : `${formatCount(replies)}${fromCache > 0 ? `, ${formatCount(fromCache)} kept ones` : ''}`,
    formatCount(inputTokens),
    formatCount(outputTokens),
  ]);
  const columns = [
    { title: 'language model for' },
    { title: 'model' },
    { title: 'replies', numeric: true },
    { title: 'tokens sent', numeric: true },
    { title: 'received', numeric: true },
  ];
  return element(
    'details',
    { class: 'more' },
    element('summary', {}, 'Cost of the language model'),
    table('Cost of the language model', columns, rows),
    element('p', { class: 'quiet' }, costText(spending.data.cost)),
  );
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

/** What a reader should know before anything else; nothing where there is nothing to warn of. */
export function warningsView(warnings: readonly WarningData[]): readonly HTMLElement[] {
  return warningBox(
    'Don’t rely on these topics yet',
    'The lists of words may look good, but the topics say little about the documents:',
    warnings.map(({ title, facts }) => element('li', {}, element('strong', {}, `${title}. `), facts.join(' '))),
  );
}

/** Runs of a comparison whose topics are not to be relied on; nothing where there are none. */
export function poorRunsView(poor: ComparisonReportData['poor']): readonly HTMLElement[] {
  return warningBox(
    'Some of these runs are not to be relied on',
    'Their lists of words may look good, but their topics say little about the documents:',
    poor.map(({ run, warnings }) =>
      element(
        'li',
        {},
        element('strong', {}, run),
        `: ${warnings.map(({ title, facts }) => `${title}. ${facts.join(' ')}`).join(' ')}`,
      ),
    ),
  );
}

function warningBox(title: string, lead: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  if (items.length === 0) return [];
  return [
    element(
      'section',
      { class: 'warnings', id: 'warnings', 'aria-labelledby': 'warnings-title' },
      element('h2', { id: 'warnings-title' }, title),
      element('p', {}, lead),
      element('ul', {}, ...items),
      element(
        'p',
        {},
        'What may help: fewer topics, or more documents per topic; the model’s normalisation options left at their ' +
          'defaults; a dictionary that knows more of the vocabulary; words that stand in nearly every document left ' +
          'out.',
      ),
    ),
  ];
}

/** What stands beside shares of languages that cannot be compared. */
export function levelledNote(): HTMLElement {
  return element(
    'p',
    { class: 'caution' },
    'This model cannot tell whether a topic is more frequent in one language than in another: it was run with ' +
      'normalisation per language, which gives every topic about the same mean share in each of them. Compare ' +
      'shares within a language only.',
  );
}

/** Every loss over the epochs, one small chart each. */
export function trainingView({ data: { training }, theme }: PageState): Panel {
  const lead =
    'Mean of each loss over the batches of an epoch; parts include their weights and add up to the loss. Dashed ' +
    'lines mark the epochs at whose start topics were refined.';
  if ('missing' in training) return panel('training', 'Training', lead, missingNote(training.missing));
  const charts = training.data.losses.map((curve) => {
    const chart = new Chart({
      title: `${curve.name} by epoch`,
      size: 'chart-small',
      theme,
      draw: (colours) => drawCurve(training.data, curve, colours),
    });
    return element('figure', {}, element('h3', {}, curve.name), chart.container);
  });
  return panel('training', 'Training', lead, element('div', { class: 'small-multiples' }, ...charts));
}

function drawCurve({ epochs, refinements }: TrainingData, { values }: LossCurve, colours: Colours): EChartsCoreOption {
  const { accent, muted } = colours;
  const inEpochs = refinements.filter((epoch) => epochs.includes(epoch));
  return {
    grid: { left: 4, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: categoryAxis(colours, epochs.map(String), {
      boundaryGap: false,
      axisLabel: { color: muted, fontSize: 11, hideOverlap: true },
    }),
    yAxis: valueAxis(colours, { scale: true, splitNumber: 3 }),
    tooltip: {
      ...tooltip(colours, ({ dataIndex }) =>
        tooltipBody(`epoch ${epochs[dataIndex]}`, formatNumber(values[dataIndex])),
      ),
      trigger: 'item',
    },
    series: [
      {
        type: 'line',
        data: values,
        symbol: 'circle',
        symbolSize: 3,
        showSymbol: values.filter((value) => value !== null).length < 60,
        lineStyle: { color: accent, width: 1.8 },
        itemStyle: { color: accent },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          label: { show: false },
          lineStyle: { color: muted, type: 'dashed', width: 1 },
          data: inEpochs.map((epoch) => ({ xAxis: String(epoch) })),
        },
      },
    ],
  };
}
