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
