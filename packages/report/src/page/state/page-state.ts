import type { RunReportData } from '../../contract/run-data';
import { Observable } from './observable';
import { createTheme, type Theme } from './theme';

/** What views of one run share. */
export interface PageState {
  readonly data: RunReportData;
  readonly theme: Observable<Theme>;
  /** Position of the selected topic. */
  readonly topic: Observable<number>;
  /** Which words of a topic come first, as `wordScore` has it; null for the order of the run. */
  readonly emphasis: Observable<number | null>;
}

/** Begins with the topic that weighs most, its words in the order of the run. */
export function createPageState(data: RunReportData): PageState {
  const weights = data.topics.map((topic) => topic.weights.reduce((a, b) => a + b, 0));
  return {
    data,
    theme: createTheme(),
    topic: new Observable(weights.indexOf(Math.max(...weights))),
    emphasis: new Observable<number | null>(null),
  };
}
