import type { RunReportData } from '../contract/run-data';
import { createPageState } from './state';
import { documentsView } from './views/documents-view';
import { wordSearch } from './views/fields';
import { alignmentView, figuresView, ratingsView } from './views/figures-view';
import { documentMapView } from './views/map-views';
import { header, overviewView, pageBody, trainingView, warningsView } from './views/overview-view';
import { prevalenceView } from './views/prevalence-view';
import { topicsView } from './views/topics-view';

/** The page of one run. */
export function runPage(data: RunReportData): readonly HTMLElement[] {
  const state = createPageState(data);
  const views = [
    { ...overviewView(data), title: 'Overview' },
    topicsView(state),
    figuresView(data),
    documentsView(state),
    prevalenceView(state),
    documentMapView(state),
    alignmentView(state),
    ratingsView(state),
    trainingView(state),
  ];
  return pageBody(
    header(data.overview.run, state.theme, wordSearch(state)),
    views,
    `Written by xtm on ${data.overview.written.slice(0, 10)}.`,
    warningsView(data.warnings),
  );
}
