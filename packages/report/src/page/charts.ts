import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { type Child, element } from './dom';
import type { Observable, Theme } from './state';

interface ChartOptions {
  /** What it shows, for those who do not see it. */
  readonly title: string;
  /** A class that gives it its height. */
  readonly size: string;
  /** `svg` unless there are thousands of points. */
  readonly renderer?: 'svg' | 'canvas';
  readonly theme: Observable<Theme>;
  /** What to draw; called again for every theme and size. */
  readonly draw: (colours: Colours, width: number) => EChartsCoreOption;
}

/** How far from the screen a chart begins to be drawn. */
const NEAR = '500px';

/**
 * A chart that follows the theme and the width it is given; it is drawn when it comes near the screen, or for print.
 */
export class Chart {
  readonly container: HTMLElement;
  readonly #options: ChartOptions;
  #chart: EChartsType | undefined;
  #isWanted = false;
  readonly #handlers: ((chart: EChartsType) => void)[] = [];

  constructor(options: ChartOptions) {
    this.#options = options;
    this.container = element('div', { class: `chart ${options.size}`, role: 'img', 'aria-label': options.title });
    new ResizeObserver(() => this.redraw()).observe(this.container);
    options.theme.follow(() => this.redraw());
    const approach = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && !this.#isWanted && this.#want(),
      { rootMargin: NEAR },
    );
    approach.observe(this.container);
    addEventListener('beforeprint', () => this.#want());
  }

  /** Draws what the data are now; nothing before the chart is wanted and has a place on the page. */
  redraw(): void {
    const { clientWidth, clientHeight } = this.container;
    if (!this.#isWanted || clientWidth === 0 || clientHeight === 0) return;
    const chart = this.#chart ?? this.#start();
    if (chart.getWidth() !== clientWidth || chart.getHeight() !== clientHeight) chart.resize();
    const colours = readColours();
    chart.setOption({ ...commonOption(colours), ...this.#options.draw(colours, clientWidth) }, { notMerge: true });
  }

  /** Calls the handler with the data index of what is clicked. */
  onClick(handler: (dataIndex: number) => void): void {
    this.#handlers.push((chart) => chart.on('click', ({ dataIndex }) => handler(dataIndex)));
  }

  #want(): void {
    this.#isWanted = true;
    this.redraw();
  }

  #start(): EChartsType {
    this.#chart = init(this.container, null, { renderer: this.#options.renderer ?? 'svg' });
    for (const attach of this.#handlers) attach(this.#chart);
    return this.#chart;
  }
}

/** Without animation: print would catch a chart half drawn. */
function commonOption({ ink, font }: Colours): EChartsCoreOption {
  return { animation: false, textStyle: { color: ink, fontFamily: font } };
}

/** Colours of the theme at work, as the styles have them. */
export interface Colours {
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  /** From none to much. */
  readonly scale: readonly string[];
  /** Colours that tell languages apart. */
  readonly languages: readonly string[];
  /** Colours that tell a few categories apart. */
  readonly categories: readonly string[];
  readonly font: string;
}

const LANGUAGES = 4;
const CATEGORIES = 10;
const STEPS = 4;

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const readAll = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => read(`${name}-${index}`));
  return {
    surface: read('surface'),
    ink: read('ink'),
    muted: read('muted'),
    line: read('line'),
    accent: read('accent'),
    scale: readAll('scale', STEPS),
    languages: readAll('language', LANGUAGES),
    categories: readAll('category', CATEGORIES),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Colour of a language; beyond the fourth they repeat. */
export function languageColour({ languages }: Colours, language: number): string {
  return languages[language % languages.length]!;
}

type AxisOption = Readonly<Record<string, unknown>>;

/** An axis of numbers with faint lines. */
export function valueAxis({ muted, line }: Colours, more: AxisOption = {}): AxisOption {
  return {
    type: 'value',
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: muted, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: muted, fontSize: 11 },
    ...more,
  };
}

/** An axis of names. */
export function categoryAxis({ ink, line }: Colours, names: readonly string[], more: AxisOption = {}): AxisOption {
  return {
    type: 'category',
    data: names,
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: ink, fontSize: 12, hideOverlap: true },
    ...more,
  };
}

/**
 * What every tooltip looks like. Its contents are elements, never markup: words and documents are not to be trusted.
 */
export function tooltip(
  { surface, line, ink }: Colours,
  contents: (parameters: TooltipParameters) => HTMLElement,
): Readonly<Record<string, unknown>> {
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
interface TooltipParameters {
  readonly dataIndex: number;
  readonly seriesIndex: number;
  readonly value: unknown;
}

export function tooltipBody(title: Child, ...lines: readonly Child[]): HTMLElement {
  return element(
    'div',
    { class: 'tip' },
    element('strong', {}, title),
    ...lines.map((text) => element('div', {}, text)),
  );
}

/** Makes the kinds of charts that the page has known to the library; the rest of it stays out of the bundle. */
export function registerCharts(): void {
  use([
    BarChart,
    CustomChart,
    HeatmapChart,
    LineChart,
    ScatterChart,
    AriaComponent,
    DataZoomInsideComponent,
    GridComponent,
    LegendComponent,
    MarkLineComponent,
    TooltipComponent,
    VisualMapComponent,
    CanvasRenderer,
    SVGRenderer,
  ]);
}
