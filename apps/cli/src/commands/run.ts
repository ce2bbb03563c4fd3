import type { Command } from 'commander';
import {
  type EarlierRun,
  estimateSpending,
  readEarlierRun,
  readRunTopics,
  type ResolvedSettings,
  type SettingLayer,
  type TopicRun,
  trainWithSettings,
} from '@xtm/pipeline';
import type { RefinementEstimate } from '@xtm/refiner';
import { type FinishedRun, formatQualityWarnings, formatRun, formatSpending } from '@xtm/report';
import { addFlags, addSettingFlags } from '../settings/setting-flags';
import { resolveFlags } from '../settings/settings-of-flags';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, shortPath, textStyle, type Terminal } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';

const RUN_EXAMPLE = `
Example:
  xtm run --dataset datasets/Amazon_Review --languages en,zh-Hans:cn --dictionary ch_en_dict.dat --model nmtm --epochs 40 --run amazon`;

const REFINE_EXAMPLE = `
Examples:
  xtm refine runs/amazon --run amazon-refined
  xtm refine runs/amazon --refiner openai --llm-preset ollama --llm-model qwen3 --run amazon-llm`;

export function registerRun(program: Command, terminal: Terminal): void {
  const command = program
    .command('run')
    .description("train a model on a dataset folder and write topics, documents' topics and metrics into a run folder")
    .option('--config <file>', 'settings in YAML or JSON, named like these flags in camelCase; flags win')
    .option('--dry-run', 'say how many calls and tokens phase 2 would take, and do nothing')
    .option('--json', "print the run's path and metrics as JSON")
    .addHelpText('after', RUN_EXAMPLE);
  addSettingFlags(command, ['data', 'model', 'training', 'run', 'embedder', 'phase 2', 'language model'])
    .action(async (flags: Record<string, unknown>) => performRun(flags, terminal));
}

export function registerRefine(program: Command, terminal: Terminal): void {
  const command = program
    .command('refine')
    .description(
      "add phase 2 to a finished phase 1: refine topics' words in rounds and continue training toward them, in a " +
        "new run folder",
    )
    .argument('<run>', 'folder of a finished run without phase 2')
    .option('--dry-run', 'say how many calls and tokens phase 2 would take, and do nothing')
    .option('--json', "print the run's path and metrics as JSON")
    .addHelpText('after', REFINE_EXAMPLE);
  addFlags(command, {
    dataset: 'where the dataset is now, if it moved',
    dictionary: 'where the dictionary is now, if it moved',
    run: 'name of the new run (default: the run\'s name and "-refined")',
    runsFolder: 'where the new run goes (default: beside the run)',
    classifiers: 'classifiers to evaluate with (default: the run\'s)',
    backend: undefined,
    threads: undefined,
    refiner: 'what refines topics\' words (default: corpus)',
  });
  addSettingFlags(command, ['embedder', 'phase 2', 'language model'], ['refiner'])
    .action(async (run: string, flags: Record<string, unknown>) => performRun(flags, terminal, readEarlierRun(run)));
}

/** Carries out what the flags say and shows what came of it; with `--dry-run`, says what it would cost. */
async function performRun(flags: SettingLayer, terminal: Terminal, earlier?: EarlierRun): Promise<void> {
  const asJson = flags['json'] === true;
  const resolved = await resolveFlags(flags, terminal, earlier);
  if (flags['dryRun'] === true) {
    const estimate = await estimateSpending(resolved.settings);
    if (asJson) printJson(terminal, estimate);
    else print(terminal, formatEstimate(estimate));
    return;
  }
  const { folder, evaluation, trained } = await carryOut(resolved, terminal, earlier);
  if (asJson) printJson(terminal, { path: folder, evaluation, trained });
  else print(terminal, await formatFinished({ path: folder!, evaluation, trained }, terminal));
  for (const line of formatQualityWarnings(evaluation)) note(terminal, line);
}

/** Trains what the settings say, and shows how far it is. */
async function carryOut(resolved: ResolvedSettings, terminal: Terminal, earlier?: EarlierRun): Promise<TopicRun> {
  const run = await withProgress(terminal, (_options, progress) =>
    trainWithSettings(resolved, { ...trainingOptions(terminal, progress), earlier }),
  );
  run.dispose();
  if (run.spending !== undefined) note(terminal, formatSpending(run.spending));
  return run;
}

/** A run that is done, and what to do with it. */
async function formatFinished(run: FinishedRun, terminal: Terminal): Promise<string> {
  const { languages } = readRunTopics(run.path);
  const next = formatNextCommands(shortPath(run.path), languages[0]!.code);
  return `${await formatRun(run, textStyle(terminal))}\n\nRun folder: ${run.path}\nNext:\n${next}`;
}

/** One command per line. */
function formatNextCommands(path: string, language: string): string {
  const commands = [
    ['every topic; more words; names', `xtm topics ${path} --top 15`],
    ['a page to look at', `xtm report ${path}`],
    ['documents with their topics', `xtm export ${path} --out topics.csv`],
    ['topics of new documents', `xtm infer ${path} new.csv --language ${language}`],
  ] as const;
  const width = Math.max(...commands.map(([, command]) => command.length));
  return commands.map(([purpose, command]) => `  ${command.padEnd(width)}  ${purpose}`).join('\n');
}

function formatEstimate({ calls, inputTokens, outputTokens, cost }: RefinementEstimate): string {
  const price = cost === undefined ? 'cost unknown without --prices' : `cost about ${cost.toFixed(4)}`;
  return `Phase 2 would take about ${calls} calls, ${inputTokens} tokens sent and ${outputTokens} received; ${price}.`;
}
