import type { Colours } from './colours';

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
