import { Command, CommanderError } from 'commander';
import { InvalidOptionError, XtmError } from '@xtm/contracts';
import { type Output, runBenchmark } from './bench';
import { runComparison } from './compare/run-comparison';
import { BACKEND_NAMES, parseCompareOptions, parseOptions, parseProfileOptions } from './options';
import { runProfile } from './profile/run-profile';
import { stages } from './stages/registry';
import type { StageTasks } from './worker-process';

const EXIT = { done: 0, failed: 1, wrongUse: 2 } as const;

const EXAMPLES = `
Examples:
  npx nx run tools:bench                                       everything, kernels and plain, on wasm
  npx nx run tools:bench -- nmtm adam --path kernels           some stages, one path
  npx nx run tools:bench -- --json before.json                 figures for later
  npx nx run tools:bench -- --against ../other/before.json     compared with another checkout
  npx nx run tools:bench -- --scaling --path kernels           what a step costs as the work grows
  npx nx run tools:bench -- profile nmtm --threads 1           where the time of a step goes
  npx nx run tools:bench -- compare --python venv/bin/python   beside PyTorch`;

/** Runs the benchmark for a command line; resolves to the exit code: 0 done, 1 failed, 2 wrong use. */
export async function main(args: readonly string[], tasks: StageTasks, output: Output): Promise<number> {
  const command = createCommand(tasks, output);
  try {
    await command.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    return showError(error, output);
  }
}

type Flags = Readonly<Record<string, unknown>>;

function createCommand(tasks: StageTasks, output: Output): Command {
  const bench = new Command('bench')
    .description(
      'Milliseconds per step and peak memory, each stage in a process of its ' +
        `own.\n\nStages:\n${stages.map(({ name, step }) => `  ${name.padEnd(20)}${step}`).join('\n')}`,
    )
    // Otherwise flags after a command's name would be those of the same name here.
    .enablePositionalOptions()
    .argument('[names...]', 'stages, or parts of their names (default: all)')
    .option('--filter <names...>', 'the same as a flag')
    .option('--path <path>', 'kernels, plain or both (default: both)')
    .option('--scaling', 'a training step of NMTM with more documents, words and topics in place of the stages')
    .option('--against <file>', 'compare with figures that --json wrote')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.print(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for what there is)')
    .action(async (names: string[], { filter = [], ...flags }: Flags) => {
      await runBenchmark(parseOptions({ ...flags, filter: [...names, ...(filter as string[])] }), tasks, output);
    });
  const profile = bench
    .command('profile')
    .description('Where the time of a step goes: every kernel, in value and in gradient, and what is no kernel.')
    .argument('<names...>', 'stages, or parts of their names')
    .option('--path <path>', 'kernels, plain or both (default: kernels)')
    .option('--by-shape', 'a line for each combination of shapes')
    .action(async (names: string[], flags: Flags) => {
      await runProfile(parseProfileOptions({ ...flags, filter: names }), tasks, output);
    });
  const compare = bench
    .command('compare')
    .description("Steps of xtm beside PyTorch's, in alternating processes; prints tables in Markdown.")
    .argument('[models...]', 'backbones (default: all)')
    .option('--python <file>', 'the interpreter that has PyTorch and NumPy (default: python3)')
    .option('--pairs <number>', 'how often each of them runs (default: 5)')
    .option('--threads <numbers>', 'numbers of threads, one comparison for each (default: 1,2)')
    .option('--formulation <names>', 'of the steps in PyTorch (default: published,idiomatic)')
    .option('--script <file>', 'the program that times them (default: tools/python-check/time_steps.py)')
    .action(async (models: string[], flags: Flags) => {
      await runComparison(parseCompareOptions({ ...flags, models }), tasks, output);
    });
  for (const command of [bench, profile, compare]) addCommonFlags(command);
  for (const command of [bench, profile]) addStageFlags(command);
  return bench;
}

function addCommonFlags(command: Command): void {
  command
    .option('--backend <names>', `${BACKEND_NAMES}; several with commas (default: wasm)`)
    .option('--json <file>', 'write the figures')
    .option('--steps <number>', 'timed steps (default: 100)')
    .option('--warmup <number>', 'steps before them (default: 10)')
    .option('--seconds <number>', 'time after which fewer steps are enough (default: 20)')
    .option('--documents <number>', 'generated documents per language (default: 20000)')
    .option('--vocabulary <number>', 'words per language (default: 5000)')
    .option('--topics <number>', 'topics (default: 50)')
    .option('--batch-size <number>', 'document pairs per step (default: 128)')
    .option('--dimensions <number>', 'width of embeddings (default: 1024)')
    .option('--seed <number>', 'seed of what is generated (default: 0)');
}

function addStageFlags(command: Command): void {
  command
    .option('--threads <number>', 'threads that share the work, at most 8 (default: one per processor)')
    .option('--optimiser-parameters <number>', 'numbers that Adam is timed on (default: 12000000)')
    .option('--dataset <folder>', 'a benchmark folder in place of generated documents')
    .option('--dictionary <file>', 'its dictionary')
    .option('--languages <list>', 'its languages where the folder does not tell them, for example en,zh-Hans:cn');
}

function showError(error: unknown, output: Output): number {
  if (!(error instanceof XtmError)) {
    output.note(`unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failed;
  }
  output.note(`error: ${error.message}`);
  if (error.advice !== undefined) output.note(`  try: ${error.advice}`);
  return error instanceof InvalidOptionError ? EXIT.wrongUse : EXIT.failed;
}
