import type { Command } from 'commander';
import {
  type EarlierRun,
  estimateSpending,
  readEarlierRun,
  readRunTopics,
  resolveSettings,
  type SettingLayer,
  shortPath,
  trainWithSettings,
} from '@xtm/pipeline';
import { formatEstimate, formatQualityWarnings, formatRun, formatSpending } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal, withFlags } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';

const RUN_EXAMPLE = `
Example:
  xtm run --dataset datasets/Amazon_Review --languages en,zh-Hans:cn --dictionary ch_en_dict.dat --model nmtm --epochs 40 --run amazon`;

const REFINE_EXAMPLE = `
Examples:
  xtm refine runs/amazon --run amazon-refined
  xtm refine runs/amazon --refiner openai --llm-preset ollama --llm-model qwen3 --run amazon-llm`;

const FLAGS = {
  'dry-run': 'say how many calls and tokens phase 2 would take, and do nothing',
  json: "print the run's path and metrics as JSON",
} as const;

const REFINE_SETTINGS = {
  dataset: 'where the dataset is now, if it moved',
  dictionary: 'where the dictionary is now, if it moved',
  run: 'name of the new run (default: the run\'s name and "-refined")',
  runsFolder: 'where the new run goes (default: beside the run)',
  classifiers: "classifiers to evaluate with (default: the run's)",
  backend: undefined,
  threads: undefined,
  refiner: "what refines topics' words (default: corpus)",
};

export function registerRun(program: Command, terminal: Terminal): void {
  addCommand(program, 'run', {
    description: "train a model on a dataset folder and write topics, documents' topics and metrics into a run folder",
    flags: { 'config <file>': 'settings in YAML or JSON, named like these flags in camelCase; flags win', ...FLAGS },
    settings: { sections: ['data', 'model', 'training', 'run', 'embedder', 'phase 2', 'language model'] },
    more: RUN_EXAMPLE,
  }).action((flags) => performRun(flags, terminal));
}

export function registerRefine(program: Command, terminal: Terminal): void {
  addCommand(program, 'refine', {
    description:
      "add phase 2 to a finished phase 1: refine topics' words in rounds and continue training toward them, in a " +
      'new run folder',
    args: [['<run>', 'folder of a finished run; a phase 2 that it has is left aside']],
    flags: FLAGS,
    settings: { names: REFINE_SETTINGS, sections: ['embedder', 'phase 2', 'language model'], except: ['refiner'] },
    more: REFINE_EXAMPLE,
  }).action((flags, run) => performRun(flags, terminal, readEarlierRun(run)));
}

interface RunFlags extends SettingLayer {
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Carries out what the flags say and shows what came of it; with `--dry-run`, says what it would cost. */
async function performRun(
  { config: file, dryRun, json, ...flags }: RunFlags,
  terminal: Terminal,
  earlier?: EarlierRun,
): Promise<void> {
  const resolved = await resolveSettings({ flags, file, earlier: earlier?.settings });
  for (const notice of resolved.notices) note(terminal, `warning: ${notice}`);
  if (dryRun) {
    const estimate = await estimateSpending(resolved.settings);
    return json ? printJson(terminal, estimate) : print(terminal, withFlags(formatEstimate(estimate)));
  }
  const trainedRun = await withProgress(terminal, (run) =>
    trainWithSettings(resolved, { ...trainingOptions(terminal, run), earlier }),
  );
  trainedRun.dispose();
  const { folder, evaluation, trained, spending } = trainedRun;
  if (spending !== undefined) note(terminal, formatSpending(spending));
  if (json) printJson(terminal, { path: folder, evaluation, trained });
  else {
    const summary = await formatRun({ path: folder!, evaluation, trained }, textStyle(terminal));
    print(terminal, `${summary}\n\nRun folder: ${folder}\nNext:\n${formatNextCommands(folder!)}`);
  }
  for (const line of formatQualityWarnings(evaluation)) note(terminal, line);
}

/** What to do with a run that is done: one command per line. */
function formatNextCommands(run: string): string {
  const [path, language] = [shortPath(run), readRunTopics(run).languages[0]!.code];
  const commands = [
    ['every topic; more words; names', `xtm topics ${path} --top 15`],
    ['a page to look at', `xtm report ${path}`],
    ['documents with their topics', `xtm export ${path} --out topics.csv`],
    ['topics of new documents', `xtm infer ${path} new.csv --language ${language}`],
  ] as const;
  const width = Math.max(...commands.map(([, command]) => command.length));
  return commands.map(([purpose, command]) => `  ${command.padEnd(width)}  ${purpose}`).join('\n');
}
