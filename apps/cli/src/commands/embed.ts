import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InvalidOptionError, type DenseMatrix, type Embedder, type RunOptions } from '@xtm/contracts';
import { loadDataset, parseLanguages, writeNpy, type Dataset } from '@xtm/data';
import { embedderNames } from '@xtm/embedder';
import { writeAtomically } from '@xtm/pipeline';
import { collectPair } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import { openEmbedder, readsTexts } from '../wiring/open-embedder';

interface EmbedFlags {
  readonly out: string;
  readonly embedder: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly languages?: string;
  readonly dictionary?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Example:
  xtm embed data/reviews --embedder multilingual-e5-small --out data/reviews-embeddings
  xtm run --dataset data/reviews --model gloctm --embedder precomputed --embedder-option folder=data/reviews-embeddings`;

export function registerEmbed(program: Command, terminal: Terminal): void {
  program
    .command('embed')
    .description('write embeddings of a dataset\'s documents and words as .npy files; what is embedded once is kept and never embedded again')
    .argument('<dataset>', 'dataset folder')
    .requiredOption('--out <folder>', 'where doc_embeddings_LANG_SPLIT.npy and word_embeddings_LANG.npy go')
    .option('--embedder <name>', `one of ${embedderNames.filter((name) => name !== 'precomputed').join(', ')}`, 'aligned')
    .option('--embedder-option <name=value>', 'an option of the embedder; may be given several times', collectPair('embedderOption'))
    .option('--languages <list>', 'BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn')
    .option('--dictionary <file>', 'translation pairs, for the embedder aligned')
    .option('--json', 'print the files as JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (dataset: string, flags: EmbedFlags) => embed(dataset, flags, terminal));
}

async function embed(folder: string, flags: EmbedFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const embedder = await openEmbedder(flags.embedder, flags.embedderOption ?? {}, { dataset: folder, environment: terminal.environment });
  if (embedder === undefined) throw new InvalidOptionError('embedder', flags.embedder, 'there is nothing to embed with');
  try {
    const dataset = await loadDataset(folder, {
      texts: readsTexts(flags.embedder),
      ...(flags.languages !== undefined && { languages: parseLanguages(flags.languages) }),
      ...(flags.dictionary !== undefined && { dictionary: flags.dictionary }),
    });
    await mkdir(flags.out, { recursive: true });
    const files = await writeEmbeddings(dataset, embedder, flags.out, {
      signal: terminal.signal,
      onProgress: progress.update,
      onWarning: (warning) => note(terminal, `warning: ${warning}`),
    });
    progress.stop();
    print(terminal, flags.json ? JSON.stringify({ dimensions: embedder.dimensions, files }, undefined, 2) : files.join('\n'));
  } finally {
    progress.stop();
    await embedder.dispose?.();
  }
}

/** Writes one file as soon as it is complete; returns their paths. */
async function writeEmbeddings({ corpus }: Dataset, embedder: Embedder, out: string, run: RunOptions): Promise<string[]> {
  const files: string[] = [];
  const write = (name: string, { rows, columns, data }: DenseMatrix): void => {
    files.push(join(out, name));
    writeAtomically(join(out, name), writeNpy(data, [rows, columns]));
  };
  await embedder.fit?.(corpus, corpus.dictionary, run);
  for (const [languageIndex, language] of corpus.languages.entries()) {
    const { language: { code, suffix }, vocabulary } = language;
    write(`word_embeddings_${suffix}.npy`, await embedder.embedWords(vocabulary, languageIndex, run));
    for (const [split, what] of [['train', 'training'], ['test', 'test']] as const) {
      const documents = language[split];
      if (documents === undefined) continue;
      const { rows, texts } = documents;
      write(`doc_embeddings_${suffix}_${split}.npy`, await embedder.embedDocuments({ languageIndex, rows, texts, vocabulary, title: `${what} documents (${code})` }, run));
    }
  }
  return files;
}
