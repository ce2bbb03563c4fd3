import type { RunReportData } from '../../contract/run-data';
import { Observable } from './observable';
import { createTheme, type Theme } from './theme';

/** What views of one run share. */
export interface PageState {
  readonly data: RunReportData;
  readonly theme: Observable<Theme>;
  /** Position of the selected topic. */
  readonly topic: Observable<number>;
  /** λ of relevance, in [0, 1]. */
  readonly relevance: Observable<number>;
}

/** λ that users of LDAvis found most useful (Sievert & Shirley 2014, section 4). */
const INITIAL_RELEVANCE = 0.6;

/** Begins with the topic that weighs most. */
export function createPageState(data: RunReportData): PageState {
  const weights = data.topics.map((topic) => topic.weights.reduce((a, b) => a + b, 0));
  return {
    data,
    theme: createTheme(),
    topic: new Observable(weights.indexOf(Math.max(...weights))),
    relevance: new Observable(INITIAL_RELEVANCE),
  };
}
