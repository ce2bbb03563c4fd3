export {
  documentFormats,
  documentsAsCsv,
  exportDocuments,
  metadataColumn,
  roundShare,
  topicColumn,
  type DocumentTableFormat,
} from './export-documents';
export { writeReport, type ReportOptions, type WrittenReport } from './write-report';
export { sweepPage } from './sweep/sweep-page';
export { formatSweepFigure, formatWarned, hasWarnings, SWEEP_WARNED } from './sweep/sweep-words';
export {
  type Column,
  cut,
  formatFacts,
  formatTable,
  formatWideTable,
  type GroupedColumn,
  right,
  type TextStyle,
} from './text/table';
export { csvText, formatResult, latexTable, type PrintableResult, type ResultFormat } from './text/printable-result';
export { formatDataset } from './text/dataset-table';
export { formatEvaluation, printableEvaluation } from './text/evaluation-table';
export { printableComparison } from './text/comparison-table';
export { printableSweep } from './text/sweep-table';
export { formatQualityWarnings, formatSpending } from './text/quality-warnings';
export {
  formatTopic,
  formatTopics,
  readTabledTopics,
  selectTopics,
  type TabledTopics,
  topicsAsJson,
} from './text/topics-table';
export { type FinishedRun, formatRun } from './text/run-summary';
