export {
  documentFormats,
  documentsAsCsv,
  exportDocuments,
  type DocumentTableFormat,
} from './export-documents';
export { inferDocuments, type InferredRecord, type NewDocuments } from './infer-documents';
export { writeReport, type ReportOptions, type WrittenReport } from './write-report';
export { type SweepView, writeSweep, type WrittenSweep } from './sweep/write-sweep';
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
export { formatBenchmark, formatBenchmarks, formatReferenceFiles, type HeldBenchmark } from './text/benchmark-facts';
export {
  type AnchoredTopics,
  formatAnchors,
  formatEncoders,
  formatInstallation,
  type HeldEncoder,
} from './text/inventory-tables';
export { formatDataset } from './text/dataset-table';
export { formatEvaluation, printableEvaluation } from './text/evaluation-table';
export { printableComparison } from './text/comparison-table';
export { formatEstimate, formatQualityWarnings, formatSpending } from './text/quality-warnings';
export {
  formatTopic,
  formatTopics,
  readTabledTopics,
  selectTopics,
  type TabledTopics,
  topicsAsJson,
} from './text/topics-table';
export { type FinishedRun, formatRun } from './text/run-summary';
