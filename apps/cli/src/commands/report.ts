import type { Command } from 'commander';
import { InvalidOptionError, MissingFileError, RunFolderError, type Corpus } from '@xtm/contracts';
import { loadRunCorpus } from '@xtm/pipeline';
import { writeReport } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';

interface ReportFlags {
  readonly out?: string;
  readonly dataset?: string;
  readonly dictionary?: string;
  readonly documents: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Topics are named, merged and left out as "xtm topics" says.

Examples:
  xtm report runs/amazon
  xtm report runs/nmtm runs/xtra --out nmtm-and-xtra.html`;

export function registerReport(program: Command, terminal: Terminal): void {
  addCommand(program, 'report', {
    description: 'one HTML page that opens offline: a run with its topics and documents, or several runs compared',
    args: [['<runs...>', 'folders of finished runs; several are put side by side']],
    flags: {
      'out <file>': "where to write (default: report.html in the run's folder, comparison.html beside the first)",
      'dataset <folder>': 'where the dataset is now, if it moved',
      'dictionary <file>': 'where the dictionary is now, if it moved',
      'no-documents': 'leave texts and words of documents out, for pages that travel',
      json: "print JSON: the page's path and size",
    },
    more: EXAMPLE,
  }).action((runs: readonly string[], flags: ReportFlags) => report(runs, flags, terminal));
}

async function report(runs: readonly string[], flags: ReportFlags, terminal: Terminal): Promise<void> {
  const isComparison = runs.length > 1;
  if (isComparison) refuseDatasetFlags(flags);
  const corpus = isComparison ? undefined : await corpusAtHand(runs[0]!, flags, terminal);
  const { path, bytes } = await withProgress(terminal, (run) => writeReport(runs, { out: flags.out, corpus, ...run }));
  print(terminal, flags.json ? JSON.stringify({ path, bytes }) : `${path} (${(bytes / 1e6).toFixed(1)} MB)`);
}

function refuseDatasetFlags({ dataset, dictionary }: ReportFlags): void {
  if (dataset !== undefined || dictionary !== undefined)
    throw new InvalidOptionError('dataset', dataset ?? dictionary, 'a comparison of runs needs no dataset');
}

/** A report is worth having without the dataset, unless somebody says where that is. */
async function corpusAtHand(
  run: string,
  { dataset, dictionary, documents }: ReportFlags,
  terminal: Terminal,
): Promise<Corpus | undefined> {
  if (!documents) return undefined;
  try {
    return await loadRunCorpus(run, { dataset, dictionary, texts: true });
  } catch (error) {
    const isSaid = dataset !== undefined || dictionary !== undefined;
    if (isSaid || !(error instanceof MissingFileError || error instanceof RunFolderError)) throw error;
    note(terminal, `warning: the report is without documents and alignment: ${error.message}`);
    return undefined;
  }
}
