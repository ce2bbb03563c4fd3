import type { RunReportData } from '../contract/run-data';
import { createPageState } from './state/page-state';
import { alignmentView } from './views/alignment-view';
import { documentMapView } from './views/document-map-view';
import { documentsView } from './views/documents-view';
import { figuresView } from './views/figures-view';
import { header, pageBody } from './views/header';
import { overviewView } from './views/overview-view';
import { prevalenceView } from './views/prevalence-view';
import { ratingsView } from './views/ratings-view';
import { topicsView } from './views/topics-view';
import { trainingView } from './views/training-view';
import { warningsView } from './views/warnings-view';
import { wordSearch } from './views/word-search';

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
  return pageBody(header(data.overview.run, state.theme, wordSearch(state)), views, `Written by xtm on ${data.overview.written.slice(0, 10)}.`, warningsView(data.warnings));
}
