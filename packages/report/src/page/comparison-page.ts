import type { EChartsCoreOption } from 'echarts/core';
import type { ComparedFigureData, ComparisonReportData, MatchedTopicData } from '../contract/comparison-data';
import type { LanguageData, TrainingData } from '../contract/run-data';
import { categoryAxis, Chart, type Colours, tooltip, tooltipBody, valueAxis } from './charts';
import { element, legend, missingNote, panel, type Panel, table } from './dom';
import { formatNumber, formatShare } from './format';
import { createTheme, type Observable, type Theme } from './state';
import { header, pageBody, poorRunsView } from './views/overview-view';

/** The page of several runs. */
export function comparisonPage(data: ComparisonReportData): readonly HTMLElement[] {
  const theme = createTheme();
  const views = [
    comparedRunsView(data),
    comparedFiguresView(data, theme),
    comparedTopicsView(data),
    comparedTrainingView(data, theme),
  ];
  return pageBody(
    header(`${data.runs.length} runs compared`, theme),
    views,
    `Written by xtm on ${data.written.slice(0, 10)}.`,
    poorRunsView(data.poor),
  );
}

/** What is compared, and how the runs differ. */
function comparedRunsView({ runs, methods, differences, warnings }: ComparisonReportData): Panel {
  const grouped = methods.filter(({ seeds }) => seeds > 1);
  const columns = [{ title: 'setting' }, ...runs.map(({ name }) => ({ title: name }))];
  return panel(
    'runs',
    'Runs',
    'Runs that differ in their seed only count as one method, with mean and standard deviation.',
    ...(warnings.length === 0
      ? []
      : [element('ul', { class: 'notes' }, ...warnings.map((warning) => element('li', {}, `Careful: ${warning}.`)))]),
    ...(grouped.length === 0
      ? []
      : [
          element(
            'ul',
            { class: 'methods' },
            ...grouped.map(({ name, seeds, stability }) =>
              element(
                'li',
                {},
                element('strong', {}, name),
                ` stands for ${seeds} seeds; agreement of their topics ${formatNumber(stability)}.`,
              ),
            ),
          ),
        ]),
    element('h3', {}, 'Settings that differ'),
    differences.length === 0
      ? element('p', { class: 'quiet' }, 'None.')
      : table(
          'Settings that differ',
          columns,
          differences.map(({ name, values }) => [name, ...values]),
        ),
  );
}

/** Figures of all methods: the main ones as charts and in a table, all others in a table that opens. */
function comparedFiguresView({ figures, methods, languages }: ComparisonReportData, theme: Observable<Theme>): Panel {
  const names = methods.map(({ name }) => name);
  const main = figures.filter(({ isMain }) => isMain);
  const charts = main.map((figure) => {
    const chart = new Chart({
      title: `${figure.title} by method`,
      size: 'chart-small',
      theme,
      draw: (colours) => drawFigure(figure, names, colours),
    });
    return element(
      'figure',
      {},
      element('h3', {}, figure.title),
      chart.container,
      element('figcaption', { class: 'quiet' }, figure.explanation),
    );
  });
  return panel(
    'figures',
    'Figures',
    `Differences and p-values (paired t-test over seeds) are against ${names[0]}.`,
    element('div', { class: 'small-multiples' }, ...charts),
    figuresTable(main, names, languages),
    element(
      'details',
      { class: 'more' },
      element('summary', {}, `Every figure, language by language (${figures.length})`),
      figuresTable(figures, names, languages),
    ),
  );
}

function figuresTable(
  figures: readonly ComparedFigureData[],
  names: readonly string[],
  languages: readonly LanguageData[],
): HTMLElement {
  const tested = figures.some(({ pValues }) => pValues.some((value) => value !== null));
  const numeric = (title: string) => ({ title, numeric: true });
  const columns = [
    { title: 'figure' },
    ...names.flatMap((name, at) => [
      numeric(name),
      ...(at === 0 ? [] : [numeric('difference'), ...(tested ? [numeric('p')] : [])]),
    ]),
  ];
  const rows = figures.map(({ title, of, means, deviations, differences, pValues }) => [
    of === '' ? title : `${title}, ${languages.find(({ code }) => code === of)?.name ?? of}`,
    ...names.flatMap((_, at) => {
      const value = `${formatNumber(means[at])}${deviations[at] === null ? '' : ` ± ${formatNumber(deviations[at])}`}`;
      return [value, ...(at === 0 ? [] : [signed(differences[at]), ...(tested ? [formatNumber(pValues[at])] : [])])];
    }),
  ]);
  return table('Figures', columns, rows);
}

function signed(value: number | null | undefined): string {
  return `${(value ?? 0) > 0 ? '+' : ''}${formatNumber(value)}`;
}

function drawFigure(
  { means, deviations }: ComparedFigureData,
  names: readonly string[],
  colours: Colours,
): EChartsCoreOption {
  return {
    grid: { left: 4, right: 40, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: valueAxis(colours, { splitNumber: 3 }),
    yAxis: categoryAxis(colours, names, {
      inverse: true,
      axisLabel: { color: colours.ink, fontSize: 12, width: 110, overflow: 'truncate' },
    }),
    tooltip: tooltip(colours, ({ dataIndex }) =>
      tooltipBody(
        names[dataIndex]!,
        formatNumber(means[dataIndex]) +
          (deviations[dataIndex] === null ? '' : ` ± ${formatNumber(deviations[dataIndex])}`),
      ),
    ),
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        data: means.map((value, at) => ({
          value,
          itemStyle: { color: colours.categories[at % colours.categories.length], borderRadius: 2 },
        })),
        label: {
          show: true,
          position: 'right',
          color: colours.ink,
          fontSize: 11,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => formatNumber(means[dataIndex]),
        },
      },
    ],
  };
}

/** Topics of the first run beside their nearest ones in the others. */
function comparedTopicsView({ matches, runs, languages }: ComparisonReportData): Panel {
  const columns = runs.map(({ name }, at) => ({ title: at === 0 ? name : `nearest in ${name}` }));
  const rows = matches.map(({ topics }) =>
    topics.map((topic, run) =>
      topic === null
        ? element('span', { class: 'quiet' }, 'no partner')
        : topicCell(topic, run === 0 ? undefined : topics[0]!, languages),
    ),
  );
  return panel(
    'topics',
    'Topics',
    `Topics of ${runs[0]!.name} matched one to one with those of the others, so that they share most words. Words ` +
      'that both have are set in bold; the share is words in common by words in either.',
    element('div', { class: 'topic-matches' }, table('Topics side by side', columns, rows)),
  );
}

function topicCell(
  { index, words, overlap }: MatchedTopicData,
  first: MatchedTopicData | undefined,
  languages: readonly LanguageData[],
): HTMLElement {
  return element(
    'div',
    {},
    element('p', { class: 'eyebrow' }, `Topic ${index}${first === undefined ? '' : ` · ${formatShare(overlap)}`}`),
    ...words.map((list, language) =>
      element(
        'p',
        { lang: languages[language]!.code, class: 'words' },
        ...list.map((word) =>
          element('span', {}, (first?.words[language] ?? []).includes(word) ? element('strong', {}, word) : word),
        ),
      ),
    ),
  );
}

interface TrainedRun {
  readonly name: string;
  readonly training: TrainingData;
}

/** Every loss of every run over the epochs. */
function comparedTrainingView({ runs }: ComparisonReportData, theme: Observable<Theme>): Panel {
  const trained = runs.flatMap(({ name, training }) => (training === undefined ? [] : [{ name, training }]));
  const losses = [...new Set(trained.flatMap(({ training }) => training.losses.map(({ name }) => name)))];
  const charts = losses.map((loss) => {
    const chart = new Chart({
      title: `${loss} by epoch`,
      size: 'chart-small',
      theme,
      draw: (colours) => drawLoss(trained, loss, colours),
    });
    return element('figure', {}, element('h3', {}, loss), chart.container);
  });
  const lead = 'Mean of each loss over the batches of an epoch, one line per run.';
  return panel(
    'training',
    'Training',
    lead,
    charts.length === 0
      ? missingNote('None of the models is trained in epochs.')
      : element('div', {}, runLegend(trained), element('div', { class: 'small-multiples' }, ...charts)),
  );
}

/** One legend for all charts. */
function runLegend(runs: readonly TrainedRun[]): HTMLElement {
  return legend(runs.map(({ name }, at) => ({ name, colour: `var(--category-${at % 10})` })));
}

function drawLoss(runs: readonly TrainedRun[], loss: string, colours: Colours): EChartsCoreOption {
  const curves = runs.flatMap(({ name, training: { epochs, losses } }, at) => {
    const values = losses.find((curve) => curve.name === loss)?.values;
    return values === undefined
      ? []
      : [
          {
            name,
            colour: colours.categories[at % colours.categories.length]!,
            points: values.flatMap((value, position) => (value === null ? [] : [[epochs[position]!, value] as const])),
          },
        ];
  });
  return {
    grid: { left: 4, right: 12, top: 8, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: valueAxis(colours, { splitLine: { show: false }, min: 'dataMin', max: 'dataMax' }),
    yAxis: valueAxis(colours, { scale: true, splitNumber: 3 }),
    tooltip: tooltip(colours, ({ seriesIndex, dataIndex }) => {
      const { name, points } = curves[seriesIndex]!;
      const [epoch, value] = points[dataIndex]!;
      return tooltipBody(name, `epoch ${epoch}: ${formatNumber(value)}`);
    }),
    series: curves.map(({ name, colour, points }) => ({
      type: 'line',
      name,
      data: points,
      symbol: 'circle',
      symbolSize: 3,
      showSymbol: points.length < 60,
      lineStyle: { color: colour, width: 1.6 },
      itemStyle: { color: colour },
    })),
  };
}
