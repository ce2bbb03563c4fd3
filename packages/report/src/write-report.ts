import { basename, dirname, join, resolve } from 'node:path';
import { type Corpus, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { writeAtomically } from '@xtm/pipeline';
import type { ReportData } from './contract/comparison-data';
import { describeComparison } from './describe-comparison';
import { describeRun } from './describe-run';
import { readRun } from './read-run';
import { readPageAssets, renderPage } from './render-page';

export interface ReportOptions extends RunOptions {
  /**
   * Where to write; by default `report.html` in the folder of a single run, `comparison.html` beside the first of
   * several.
   */
  readonly out?: string;
  /**
   * The data that a single run was trained on; without it documents have neither text nor words, and there is no
   * alignment matrix.
   */
  readonly corpus?: Corpus;
  /** When the report was written, as it says itself; now by default. */
  readonly written?: Date;
}

/** A report on disk. */
export interface WrittenReport {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes one HTML page that opens offline: about a run, or about several side by side.
 *
 * @param runs folders of finished runs; several must be in the same languages
 * @throws InvalidOptionError without runs; MissingFileError for a run that has not finished; RunFolderError,
 *   DataFormatError for files that xtm did not write; AbortedError when stopped
 */
export async function writeReport(runs: readonly string[], options: ReportOptions = {}): Promise<WrittenReport> {
  const [first, ...others] = runs;
  if (first === undefined) throw new InvalidOptionError('runs', runs, 'there is no run to report on');
  const written = options.written ?? new Date();
  const isSingle = others.length === 0;
  const data: ReportData = isSingle
    ? await describeRun(await readRun(first, options.corpus), written, options)
    : describeComparison(runs, written);
  const title = isSingle ? `${basename(resolve(first))}: topics` : `${runs.length} runs compared`;
  const path =
    options.out ?? (isSingle ? join(first, 'report.html') : join(dirname(resolve(first)), 'comparison.html'));
  const page = Buffer.from(renderPage({ title, data, ...readPageAssets() }));
  writeAtomically(path, page);
  return { path, bytes: page.length };
}
