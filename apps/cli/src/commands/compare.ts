import type { Command } from 'commander';
import { compareRuns } from '@xtm/pipeline';
import { printableComparison } from '../results/comparison-table';
import { addFormatFlags, type FormatFlags, outputFormat, printResult } from '../results/print-result';
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
  const command = program
    .command('compare')
    .description(
      'figures of runs side by side, with differences to the first; over seeds with deviation, paired test and ' +
        'agreement of topics',
    )
    .argument('<runs...>', 'run folders')
    .option('--all', 'every figure, language by language, instead of the main ones')
    .option('--no-group-seeds', 'keep runs that differ in their seed only apart');
  addFormatFlags(command)
    .addHelpText('after', EXAMPLE)
    .action((runs: readonly string[], flags: CompareFlags) =>
      printResult(
        printableComparison(compareRuns(runs, { groupSeeds: flags.groupSeeds }), flags.all),
        outputFormat(flags),
        terminal,
      ),
    );
}
