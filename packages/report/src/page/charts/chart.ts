import { init, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { element } from '../dom/element';
import type { Observable } from '../state/observable';
import type { Theme } from '../state/theme';
import { readColours, type Colours } from './colours';

export interface ChartOptions {
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

/** A chart that follows the theme and the width it is given; it is drawn when it comes near the screen, or for print. */
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
    const approach = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && !this.#isWanted && this.#want(), { rootMargin: NEAR });
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
