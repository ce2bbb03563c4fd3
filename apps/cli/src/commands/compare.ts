import type { Command } from 'commander';
import { compareRuns } from '@xtm/pipeline';
import { printableComparison } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { addFormatFlags, type FormatFlags, outputFormat, printResult } from '../terminal/print-result';
import type { Terminal } from '../terminal/terminal';

interface CompareFlags extends FormatFlags {
  readonly groupSeeds: boolean;
  readonly all?: boolean;
}

const EXAMPLE = `
Examples:
  xtm compare runs/nmtm runs/xtra
  xtm compare runs/nmtm-seed-* runs/xtra-seed-* --latex`;

export function registerCompare(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'compare', {
    description: 'figures of runs side by side; over seeds with deviation, paired test and agreement of topics',
    args: [['<runs...>', 'run folders; differences are to the first']],
    flags: {
      all: 'every figure, language by language, instead of the main ones',
      'no-group-seeds': 'keep runs that differ in their seed only apart',
    },
    more: EXAMPLE,
  });
  addFormatFlags(command).action((runs: readonly string[], { groupSeeds, all, ...flags }: CompareFlags) => {
    printResult(printableComparison(compareRuns(runs, { groupSeeds }), all), outputFormat(flags), terminal);
  });
}
