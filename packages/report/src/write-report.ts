import { basename, dirname, join, resolve } from 'node:path';
import { type Corpus, InvalidOptionError, MissingFileError, RunFolderError, type RunOptions } from '@xtm/contracts';
import { loadRunCorpus, type MovedPaths, writeAtomically } from '@xtm/pipeline';
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
   * alignment matrix. Paths find them: those that are named, else those that the run says, which may be gone: the
   * report is written without them then, and warned of.
   */
  readonly corpus?: Corpus | MovedPaths;
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
 * @throws InvalidOptionError without runs, and for a dataset that is named for several; MissingFileError for a run that
 *   has not finished or a dataset that is named and is not there; RunFolderError,
 *   DataFormatError for files that xtm did not write; AbortedError when stopped
 */
export async function writeReport(runs: readonly string[], options: ReportOptions = {}): Promise<WrittenReport> {
  const [first, ...others] = runs;
  if (first === undefined) throw new InvalidOptionError('runs', runs, 'there is no run to report on');
  const written = options.written ?? new Date();
  const isSingle = others.length === 0;
  if (!isSingle) refuseDataset(options);
  const data: ReportData = isSingle
    ? await describeRun(await readRun(first, await corpusOf(first, options)), written, options)
    : describeComparison(runs, written);
  const title = isSingle ? `${basename(resolve(first))}: topics` : `${runs.length} runs compared`;
  const path =
    options.out ?? (isSingle ? join(first, 'report.html') : join(dirname(resolve(first)), 'comparison.html'));
  const page = Buffer.from(renderPage({ title, data, ...readPageAssets() }));
  writeAtomically(path, page);
  return { path, bytes: page.length };
}

function isPlace(corpus: Corpus | MovedPaths): corpus is MovedPaths {
  return !('languages' in corpus);
}

function refuseDataset({ corpus }: ReportOptions): void {
  const named = corpus !== undefined && isPlace(corpus) ? (corpus.dataset ?? corpus.dictionary) : undefined;
  if (named !== undefined) throw new InvalidOptionError('dataset', named, 'a comparison of runs needs no dataset');
}

/** A report is worth having without the dataset, unless somebody says where that is. */
async function corpusOf(run: string, { corpus, onWarning }: ReportOptions): Promise<Corpus | undefined> {
  if (corpus === undefined || !isPlace(corpus)) return corpus;
  try {
    return await loadRunCorpus(run, { ...corpus, texts: true });
  } catch (error) {
    const isNamed = corpus.dataset !== undefined || corpus.dictionary !== undefined;
    if (isNamed || !(error instanceof MissingFileError || error instanceof RunFolderError)) throw error;
    onWarning?.(`the report is without documents and alignment: ${error.message}`);
    return undefined;
  }
}
