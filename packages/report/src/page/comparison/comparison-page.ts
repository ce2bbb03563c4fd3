import type { ComparisonReportData } from '../../contract/comparison-data';
import { createTheme } from '../state/theme';
import { header, pageBody } from '../views/header';
import { poorRunsView } from '../views/warnings-view';
import { comparedFiguresView } from './compared-figures-view';
import { comparedRunsView } from './compared-runs-view';
import { comparedTopicsView } from './compared-topics-view';
import { comparedTrainingView } from './compared-training-view';

/** The page of several runs. */
export function comparisonPage(data: ComparisonReportData): readonly HTMLElement[] {
  const theme = createTheme();
  const views = [comparedRunsView(data), comparedFiguresView(data, theme), comparedTopicsView(data), comparedTrainingView(data, theme)];
  return pageBody(header(`${data.runs.length} runs compared`, theme), views, `Written by xtm on ${data.written.slice(0, 10)}.`, poorRunsView(data.poor));
}
