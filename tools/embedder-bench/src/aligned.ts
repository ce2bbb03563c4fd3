import { loadDataset } from '@xtm/data';
import type { AlignedOptions } from '@xtm/embedder';
import { parseArgs } from 'node:util';
import { measureAligned } from './measure-aligned';
import { validationBenchmark } from './validation-benchmark';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { dictionary: { type: 'string' }, options: { type: 'string', default: '{}' }, seed: { type: 'string', default: '1' }, validation: { type: 'boolean', default: false } } });

async function main(): Promise<void> {
  if (positionals.length === 0) throw new Error('Usage: aligned FOLDER… [--dictionary FILE] [--options JSON] [--seed N] [--validation]');
  const options = JSON.parse(values.options) as AlignedOptions;
  const seed = Number(values.seed);
  for (const folder of positionals) {
    const { corpus } = await loadDataset(folder, values.dictionary === undefined ? {} : { dictionary: values.dictionary });
    const measured = values.validation ? measureAligned(validationBenchmark(corpus, seed), options, seed + 1) : measureAligned(corpus, options, seed);
    const { precisionAt10, fitSeconds, classification } = await measured;
    const cells = classification.map(({ kind, testLanguage, accuracy }) => `${testLanguage}-${kind} ${accuracy.toFixed(3)}`);
    console.log([folder, `P@10 ${precisionAt10.toFixed(3)}`, ...cells, `${fitSeconds.toFixed(1)} s`].join(' | '));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
