import type { Command } from 'commander';
import { compareRuns } from '@xtm/pipeline';
import { printableComparison } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { FORMAT_FLAGS, printResult } from '../terminal/print-result';
import type { Terminal } from '../terminal/terminal';

const EXAMPLE = `
Examples:
  xtm compare runs/nmtm runs/xtra
  xtm compare runs/nmtm-seed-* runs/xtra-seed-* --latex`;

export function registerCompare(program: Command, terminal: Terminal): void {
  addCommand(program, 'compare', {
    description: 'figures of runs side by side; over seeds with deviation, paired test and agreement of topics',
    args: [['<runs...>', 'run folders; differences are to the first']],
    flags: {
      all: 'every figure, language by language, instead of the main ones',
      'no-group-seeds': 'keep runs that differ in their seed only apart',
    },
    ending: FORMAT_FLAGS,
    more: EXAMPLE,
  }).action(({ groupSeeds, all, ...flags }, runs) => {
    printResult(printableComparison(compareRuns(runs, { groupSeeds }), all), flags, terminal);
  });
}
