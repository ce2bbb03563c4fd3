import { Command, InvalidArgumentError } from 'commander';
import { XtmError } from '@xtm/contracts';
import { chanceOfMates } from '@xtm/metrics';
import { readEvaluation } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';
import { prepareProject, projectName, trainCell } from './cell';
import { rankMates, readMates, type Mates } from './mates';
import { formatMates, formatShares, type MatesRow, type SharesRow } from './tables';
import { judge } from './verdict';

interface Flags {
  readonly models: readonly string[];
  readonly seeds: number;
  readonly runsFolder: string;
  readonly threads?: number;
  readonly mates?: readonly string[];
}

async function measure(
  projects: readonly string[],
  { models, seeds, runsFolder, threads, mates: mateFiles }: Flags,
): Promise<void> {
  const mates = mateFiles && (await readMates(mateFiles));
  await useBackend('auto');
  const shares: SharesRow[] = [];
  const found: MatesRow[] = [];
  for (const project of projects) {
    prepareProject(project);
    for (const model of models) {
      const runs = Array.from({ length: seeds }, (_, seed) =>
        trainCell({ project, model, seed }, runsFolder, threads),
      );
      const evaluations = runs.map(readEvaluation);
      shares.push({
        corpus: projectName(project),
        model,
        numTopics: evaluations[0]!.numTopics,
        seeds,
        verdicts: judge(evaluations),
      });
      if (mates !== undefined) found.push({ corpus: projectName(project), model, ranks: await ranksOf(runs, mates) });
    }
  }
  console.log(formatShares(shares));
  if (mates !== undefined)
    console.log(`\n${formatMates(found, chanceOfMates(mates.ids.length).reciprocalRank, mates.ids.length)}`);
}

async function ranksOf(runs: readonly string[], mates: Mates): Promise<MatesRow['ranks']> {
  const ranks = [];
  for (const run of runs) ranks.push(await rankMates(run, mates));
  return ranks;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Must be a whole number from 1 on.');
  return value;
}

try {
  await new Command('own-texts')
    .description(
      "what documents' shares are worth on corpora of one's own, by the settings that xtm takes without a preset",
    )
    .argument('<projects...>', 'files that "xtm init" wrote')
    .option('--models <list>', 'models to train', (text) => text.split(','), ['nmtm', 'gloctm', 'xtra'])
    .option('--seeds <number>', 'seeds of each, from 0 on', positiveInteger, 3)
    .option('--runs-folder <folder>', 'where run folders go', 'runs/own-texts')
    .option('--threads <number>', 'threads of each training', positiveInteger)
    .option(
      '--mates <file>',
      "documents with ids that both languages have, once per language in the languages' order",
      (file: string, before: readonly string[] = []) => [...before, file],
    )
    .showHelpAfterError('(add --help for what there is)')
    .action(measure)
    .parseAsync();
} catch (error) {
  if (!(error instanceof XtmError)) throw error;
  console.error(`error: ${error.message}${error.advice === undefined ? '' : `\n  try: ${error.advice}`}`);
  process.exitCode = 1;
}
