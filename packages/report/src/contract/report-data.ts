import type { ComparisonReportData } from './comparison-data';
import type { RunReportData } from './run-data';

/** What the page is handed as JSON. */
export type ReportData = RunReportData | ComparisonReportData;

/** Id of the element that holds it. */
export const DATA_ELEMENT = 'report-data';
