import type { Command } from 'commander';
import { writeReport } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { print, type Terminal } from '../terminal/terminal';

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
  }).action(async ({ out, documents, dataset, dictionary, json }, runs) => {
    const corpus = documents ? { dataset, dictionary } : undefined;
    const { path, bytes } = await withProgress(terminal, (run) => writeReport(runs, { out, corpus, ...run }));
    print(terminal, json ? JSON.stringify({ path, bytes }) : `${path} (${(bytes / 1e6).toFixed(1)} MB)`);
  });
}
