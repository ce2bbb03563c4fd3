import { Command } from 'commander';
import { loadDataset } from '@xtm/data';
import type { AlignedOptions } from '@xtm/embedder';
import { integerFrom, jsonObject, runCommand } from './command-line';
import { measureAligned } from './measure-aligned';
import { validationBenchmark } from './validation-benchmark';

interface AlignedFlags {
  readonly dictionary?: string;
  readonly options: AlignedOptions;
  readonly seed: number;
  readonly draws: number;
  readonly matchStems?: boolean;
  readonly validation?: boolean;
}

async function printMeasures(
  folders: readonly string[],
  { dictionary, options, seed, draws, matchStems = false, validation = false }: AlignedFlags,
): Promise<void> {
  console.log('| dataset | P@10 | accuracy within and across languages | fit, s |\n|---|---|---|---|');
  for (const folder of folders) {
    const { corpus } = await loadDataset(folder, { matchStems, ...(dictionary !== undefined && { dictionary }) });
    const benchmark = validation ? validationBenchmark(corpus, seed) : corpus;
    const { precisionAt10, fitSeconds, classification } = await measureAligned(
      benchmark,
      options,
      validation ? seed + 1 : seed,
      draws,
    );
    const accuracies = classification
      .map(({ kind, testLanguage, accuracy }) => `${testLanguage}-${kind} ${accuracy.toFixed(3)}`)
      .join(', ');
    console.log(`| ${[corpus.name, precisionAt10.toFixed(3), accuracies, fitSeconds.toFixed(1)].join(' | ')} |`);
  }
}

await runCommand(new Command('aligned')
  .description('translation of held-out words and classification of documents by the embedder "aligned"')
  .argument('<folders...>', 'dataset folders in the benchmark layout')
  .option('--dictionary <file>', 'dictionary of the datasets (default: what dataset.json says)')
  .option('--options <json>', "the embedder's options", jsonObject, {})
  .option('--seed <number>', 'seed of the draw of held-out words', integerFrom(0), 1)
  .option('--draws <number>', 'draws of held-out words, of which the mean is told', integerFrom(1), 1)
  .option('--match-stems', 'words of the dictionary also match words of the same stem')
  .option('--validation', 'measure on parts of the training documents and of the other dictionary words only')
  .action(printMeasures));
