import type { EChartsCoreOption } from 'echarts/core';
import { categoryAxis } from './axes';
import type { Colours } from './colours';
import { tooltip } from './tooltip';

export interface HeatMap {
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
const NAMES = 0.34;

/** Cells whose colour says their value; the first row is at the top. */
export function heatMapOption({ columns, rows, cells, range, columnTitle, rowTitle, labelOf, describe }: HeatMap, colours: Colours, width: number): EChartsCoreOption {
  const { muted, scale, surface } = colours;
  const names = { axisLabel: { color: muted, fontSize: 11, hideOverlap: true }, nameLocation: 'middle', nameTextStyle: { color: muted, fontSize: 12 }, splitArea: { show: false } };
  return {
    grid: { left: 28, right: 8, top: 48, bottom: 30, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: categoryAxis(colours, columns, { ...names, name: columnTitle, nameGap: 26 }),
    yAxis: categoryAxis(colours, rows, { ...names, axisLabel: { ...names.axisLabel, width: Math.round(NAMES * width), overflow: 'break' }, name: rowTitle, nameGap: 34, inverse: true }),
    visualMap: { min: range[0], max: range[1], calculable: false, orient: 'horizontal', top: 0, left: 'center', itemWidth: 12, itemHeight: 160, text: [String(range[1]), String(range[0])], textStyle: { color: muted }, inRange: { color: [...scale] } },
    tooltip: tooltip(colours, ({ dataIndex }) => describe(dataIndex)),
    series: [{
      type: 'heatmap',
      data: cells.map(([column, row, value]) => [column, row, value ?? '-']),
      itemStyle: { borderColor: surface, borderWidth: columns.length > 40 ? 0 : 1 },
      label: { show: labelOf !== undefined, fontSize: 11, formatter: ({ dataIndex }: { readonly dataIndex: number }) => labelOf?.(cells[dataIndex]![2]) ?? '' },
      emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1 } },
    }],
  };
}
