import { loadDataset } from '@xtm/data';
import type { AlignedOptions } from '@xtm/embedder';
import { parseArgs } from 'node:util';
import { measureAligned } from './measure-aligned';
import { validationBenchmark } from './validation-benchmark';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dictionary: { type: 'string' },
    options: { type: 'string', default: '{}' },
    seed: { type: 'string', default: '1' },
    draws: { type: 'string', default: '1' },
    'match-stems': { type: 'boolean', default: false },
    validation: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (positionals.length === 0) throw new Error('Usage: aligned FOLDER… [--dictionary FILE] [--options JSON] [--seed N] [--draws N] [--match-stems] [--validation]');
  const options = JSON.parse(values.options) as AlignedOptions;
  const seed = Number(values.seed);
  console.log('| dataset | P@10 | accuracy within and across languages | fit, s |\n|---|---|---|---|');
  for (const folder of positionals) {
    const { corpus } = await loadDataset(folder, { matchStems: values['match-stems'], ...(values.dictionary !== undefined && { dictionary: values.dictionary }) });
    const benchmark = values.validation ? validationBenchmark(corpus, seed) : corpus;
    const { precisionAt10, fitSeconds, classification } = await measureAligned(benchmark, options, values.validation ? seed + 1 : seed, Number(values.draws));
    const accuracies = classification.map(({ kind, testLanguage, accuracy }) => `${testLanguage}-${kind} ${accuracy.toFixed(3)}`).join(', ');
    console.log(`| ${[corpus.name, precisionAt10.toFixed(3), accuracies, fitSeconds.toFixed(1)].join(' | ')} |`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
