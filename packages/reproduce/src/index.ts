export { findPaperTable, paperTables } from './paper-tables';
export {
  MAIN_ENGINE,
  type Method,
  type PhaseTwo,
  type PaperTable,
  type TableColumn,
  type TableRow,
  type TableVariant,
} from './paper-table';
export { planRuns, type PlannedRun, type PlanOptions, type RunCost } from './plan-runs';
export { readRunResults, type RunResult } from './read-run-results';
export {
  fillTable,
  type FillOptions,
  type FilledCell,
  type FilledLine,
  type FilledSection,
  type FilledTable,
  type LineKind,
  formatTime,
} from './fill-table';
export { textTables, type TextTable, writeMarkdown } from './write-markdown';
export { formatRunStates, writeReproduction } from './reproduction-files';
export { keepRun } from './keep-run';
export { updateResultsPage, writeResultsPage, type ResultsPageOptions } from './write-results-page';
export {
  type Reproduction,
  type ReproductionPlaces,
  type RunState,
  reproduceTable,
  type ReproduceOptions,
  runStates,
} from './reproduce-table';
