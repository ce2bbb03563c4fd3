import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

/** Makes the kinds of charts that the page has known to the library; the rest of it stays out of the bundle. */
export function registerCharts(): void {
  use([
    BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart,
    AriaComponent, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent,
    CanvasRenderer, SVGRenderer,
  ]);
}
