import type { CustomSeriesRenderItem } from 'echarts';
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { SweepResults, SweepRow } from '@xtm/pipeline';

const WIDTH = 520;

/** Of a picture without its legend. */
const HEIGHT = 300;

/** Legend entries side by side, which long names of settings leave room for. */
const LEGEND_COLUMNS = 2;

/** Okabe and Ito's colours, which most colour-blind people can tell apart. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f'];

/**
 * One figure of a sweep as an SVG picture: the last varied setting along the axis, a line for every combination of the
 * others, deviations as whiskers.
 */
export function sweepChart(results: SweepResults, figure: string): string {
  use([LineChart, CustomChart, GridComponent, LegendComponent, SVGRenderer]);
  const axis = results.varied.at(-1);
  const others = results.varied.slice(0, -1).map(({ name }) => name);
  const lineOf = ({ cell }: SweepRow): string => others.map((name) => `${name} ${String(cell[name])}`).join(', ');
  const lines = [...new Set(results.rows.map(lineOf))].map((name) => ({
    name,
    rows: results.rows.filter((row) => lineOf(row) === name),
  }));
  const categories = axis === undefined ? [''] : axis.values.map(String);
  const legendHeight = others.length > 0 ? 26 * Math.ceil(lines.length / LEGEND_COLUMNS) : 0;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT + legendHeight });
  chart.setOption({
    animation: false,
    legend: { show: others.length > 0, bottom: 0, type: 'plain' },
    grid: { left: 60, right: 16, top: 16, bottom: 48 + legendHeight },
    xAxis: { type: 'category', data: categories, name: axis?.name ?? '', nameLocation: 'middle', nameGap: 28 },
    yAxis: { type: 'value', scale: true },
    series: lines.flatMap(({ name, rows }, line) => {
      const color = COLOURS[line % COLOURS.length]!;
      const points = categories.map((category) =>
        rows.find(({ cell }) => axis === undefined || String(cell[axis.name]) === category),
      );
      return [
        { type: 'line', name, color, data: points.map((row) => valueOf(row, figure)), symbolSize: 7 },
        {
          type: 'custom',
          name,
          data: points.flatMap((row, at) => whisker(row, figure, at)),
          renderItem: drawWhisker,
          encode: { x: 0, y: [1, 2] },
          itemStyle: { color },
          z: 3,
        },
      ];
    }),
  });
  const picture = chart.renderToSVGString();
  chart.dispose();
  return picture;
}

function valueOf(row: SweepRow | undefined, figure: string): number | null {
  const value = row?.figures[figure]?.mean;
  return value === undefined || Number.isNaN(value) ? null : value;
}

function whisker(row: SweepRow | undefined, figure: string, at: number): [number, number, number][] {
  const { mean, deviation } = row?.figures[figure] ?? { mean: Number.NaN, deviation: Number.NaN };
  return Number.isNaN(mean - deviation) ? [] : [[at, mean - deviation, mean + deviation]];
}

const drawWhisker: CustomSeriesRenderItem = (_params, api) => {
  const [x, low] = api.coord([api.value(0), api.value(1)]) as [number, number];
  const high = api.coord([api.value(0), api.value(2)])[1]!;
  const style = { stroke: api.visual('color') as string, lineWidth: 1.5 };
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style,
  });
  return {
    type: 'group',
    children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high)],
  };
};
