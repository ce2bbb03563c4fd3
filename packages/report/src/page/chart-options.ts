import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams, CustomSeriesRenderItemReturn } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import { categoryAxis, type Colours, tooltip, tooltipBody, valueAxis } from './charts';
import { formatCount, formatShare } from './format';

interface HeatMap {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** Cells as [column, row, value]. */
  readonly cells: readonly (readonly [column: number, row: number, value: number | null])[];
  readonly range: readonly [low: number, high: number];
  readonly columnTitle: string;
  readonly rowTitle: string;
  /** What a cell shows, if anything. */
  readonly labelOf?: (value: number | null) => string;
  readonly describe: (cell: number) => HTMLElement;
}

/** Share of a chart's width that names of rows may take before they go on another line. */
const HEAT_MAP_NAMES = 0.34;

/** Cells whose colour says their value; the first row is at the top. */
export function heatMapOption(
  { columns, rows, cells, range, columnTitle, rowTitle, labelOf, describe }: HeatMap,
  colours: Colours,
  width: number,
): EChartsCoreOption {
  const { muted, scale, surface } = colours;
  const names = {
    axisLabel: { color: muted, fontSize: 11, hideOverlap: true },
    nameLocation: 'middle',
    nameTextStyle: { color: muted, fontSize: 12 },
    splitArea: { show: false },
  };
  return {
    grid: { left: 28, right: 8, top: 48, bottom: 30, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: categoryAxis(colours, columns, { ...names, name: columnTitle, nameGap: 26 }),
    yAxis: categoryAxis(colours, rows, {
      ...names,
      axisLabel: { ...names.axisLabel, width: Math.round(HEAT_MAP_NAMES * width), overflow: 'break' },
      name: rowTitle,
      nameGap: 34,
      inverse: true,
    }),
    visualMap: {
      min: range[0],
      max: range[1],
      calculable: false,
      orient: 'horizontal',
      top: 0,
      left: 'center',
      itemWidth: 12,
      itemHeight: 160,
      text: [String(range[1]), String(range[0])],
      textStyle: { color: muted },
      inRange: { color: [...scale] },
    },
    tooltip: tooltip(colours, ({ dataIndex }) => describe(dataIndex)),
    series: [
      {
        type: 'heatmap',
        data: cells.map(([column, row, value]) => [column, row, value ?? '-']),
        itemStyle: { borderColor: surface, borderWidth: columns.length > 40 ? 0 : 1 },
        label: {
          show: labelOf !== undefined,
          fontSize: 11,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => labelOf?.(cells[dataIndex]![2]) ?? '',
        },
        emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1 } },
      },
    ],
  };
}

/** A mean with the ends of its interval, in a category. */
export interface IntervalPoint {
  /** Position of the category. */
  readonly category: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly documents: number;
}

interface IntervalSeries {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly IntervalPoint[];
}

export interface IntervalChart {
  readonly categories: readonly string[];
  readonly series: readonly IntervalSeries[];
  /** Categories follow each other in time, from left to right; otherwise they stand below each other. */
  readonly isTimeline: boolean;
}

/** Pixels between the points of two series in one category. */
const OFFSET = 7;

/** Share of a chart's width that names of categories may take. */
const INTERVAL_NAMES = 0.4;

/** Means as dots with their intervals as lines, one colour per series. */
export function intervalOption(
  { categories, series, isTimeline }: IntervalChart,
  colours: Colours,
  width: number,
): EChartsCoreOption {
  const names = categoryAxis(
    colours,
    categories,
    isTimeline
      ? {}
      : {
          inverse: true,
          axisLabel: {
            color: colours.ink,
            fontSize: 12,
            interval: 0,
            width: Math.round(INTERVAL_NAMES * width),
            overflow: 'truncate',
          },
        },
  );
  const shares = valueAxis(colours, {
    min: 0,
    axisLabel: {
      color: colours.muted,
      fontSize: 11,
      formatter: (share: number) => `${Number((100 * share).toPrecision(3))}%`,
    },
  });
  return {
    grid: { left: 8, right: 24, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      top: 0,
      left: 0,
      icon: 'circle',
      itemHeight: 9,
      textStyle: { color: colours.ink },
      data: series.map(({ name }) => name),
    },
    xAxis: isTimeline ? names : { ...shares, position: 'top' },
    yAxis: isTimeline ? shares : names,
    tooltip: tooltip(colours, ({ seriesIndex, dataIndex }) => {
      const { name, points } = series[seriesIndex % series.length]!;
      const { category, mean, low, high, documents } = points[dataIndex]!;
      return tooltipBody(
        categories[category]!,
        `${name}: ${formatShare(mean)} (95%: ${formatShare(low)} to ${formatShare(high)})`,
        `${formatCount(documents)} documents`,
      );
    }),
    series: [
      ...series.map((one, at) => ({
        type: 'custom',
        name: one.name,
        itemStyle: { color: one.colour },
        data: one.points.map(({ category, mean, low, high }) => [category, mean, low, high]),
        encode: isTimeline ? { x: 0, y: [1, 2, 3] } : { x: [1, 2, 3], y: 0 },
        clip: true,
        renderItem: (_parameters: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
          drawInterval(api, isTimeline, (at - (series.length - 1) / 2) * OFFSET, one.colour),
      })),
      ...(isTimeline
        ? series.map(({ name, colour, points }) => ({
            type: 'line',
            name,
            silent: true,
            showSymbol: false,
            lineStyle: { color: colour, width: 1, opacity: 0.5 },
            itemStyle: { color: colour },
            data: points.map(({ category, mean }) => [category, mean]),
            tooltip: { show: false },
          }))
        : []),
    ],
  };
}

/** A line from low to high with a dot at the mean, moved aside by some pixels. */
function drawInterval(
  api: CustomSeriesRenderItemAPI,
  isTimeline: boolean,
  offset: number,
  colour: string,
): CustomSeriesRenderItemReturn {
  const place = (dimension: number): { readonly x: number; readonly y: number } => {
    const [category, value] = [api.value(0), api.value(dimension)];
    const [x = 0, y = 0] = api.coord(isTimeline ? [category, value] : [value, category]);
    return isTimeline ? { x, y } : { x, y: y + offset };
  };
  const [mean, low, high] = [place(1), place(2), place(3)];
  return {
    type: 'group',
    children: [
      {
        type: 'line',
        shape: { x1: low.x, y1: low.y, x2: high.x, y2: high.y },
        style: { stroke: colour, lineWidth: 2, opacity: 0.55, lineCap: 'round' },
      },
      { type: 'circle', shape: { cx: mean.x, cy: mean.y, r: 4 }, style: { fill: colour } },
    ],
  };
}
