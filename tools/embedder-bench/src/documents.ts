import { Command, Option } from 'commander';
import { createEmbedder } from '@xtm/embedder';
import { loadDataset } from '@xtm/data';
import { integerFrom, jsonObject, runCommand } from './command-line';
import { classifyDocuments, sampleCorpus } from './measure-documents';

const readings = ['texts', 'bags', 'words'] as const;

interface DocumentFlags {
  readonly embedder: string;
  readonly options: object;
  readonly read: readonly (typeof readings)[number][];
  readonly train: number;
  readonly test: number;
  readonly seed: number;
}

async function printAccuracies(
  folders: readonly string[],
  { embedder: name, options, read, train, test, seed }: DocumentFlags,
): Promise<void> {
  console.log('| dataset | read | seconds | within languages | across | each |\n|---|---|---|---|---|---|');
  for (const folder of folders) {
    const { corpus } = await loadDataset(folder, { texts: true });
    for (const reading of read) {
      const embedder = await createEmbedder(name, {
        ...options,
        ...(reading === 'words' && { documentVectors: 'words' }),
      });
      const sample = sampleCorpus(corpus, [train, test], reading === 'texts', seed);
      await embedder.fit?.(sample, sample.dictionary);
      const started = performance.now();
      const results = await classifyDocuments(sample, embedder);
      const seconds = (performance.now() - started) / 1_000;
      await embedder.dispose?.();
      const mean = (kind: 'I' | 'C'): string => {
        const accuracies = results.filter((result) => result.kind === kind).map(({ accuracy }) => accuracy);
        return (accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length).toFixed(3);
      };
      const each = results
        .map(
          ({ kind, trainLanguage, testLanguage, accuracy }) =>
            `${kind === 'I' ? '' : `${trainLanguage}→`}${testLanguage} ${accuracy.toFixed(3)}`,
        )
        .join(', ');
      console.log(`| ${[corpus.name, reading, seconds.toFixed(0), mean('I'), mean('C'), each].join(' | ')} |`);
    }
  }
}

await runCommand(
  new Command('documents')
    .description('classification of documents by the vectors of any embedder, within and across languages')
    .argument('<folders...>', 'dataset folders with labels')
    .option('--embedder <name>', 'name of the embedder', 'multilingual-e5-small')
    .option('--options <json>', "the embedder's options", jsonObject, {})
    .addOption(
      new Option(
        '--read <what...>',
        "what documents are read from: their texts, the words of their bags, or the mean of their words' vectors",
      )
        .choices(readings)
        .default(['texts']),
    )
    .option('--train <number>', 'training documents of each language', integerFrom(1), 1_000)
    .option('--test <number>', 'test documents of each language', integerFrom(1), 500)
    .option('--seed <number>', 'seed of the draw of documents', integerFrom(0), 1)
    .action(printAccuracies),
);
