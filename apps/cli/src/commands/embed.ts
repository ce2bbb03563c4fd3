import type { Command } from 'commander';
import { loadDataset, parseLanguages } from '@xtm/data';
import { createEmbedder, embedderNames, readsTexts, writeEmbeddings } from '@xtm/embedder';
import { refuseKeys } from '@xtm/pipeline';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, type Terminal } from '../terminal/terminal';

interface EmbedFlags {
  readonly out: string;
  readonly embedder?: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly languages?: string;
  readonly dictionary?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
What is embedded once is kept and never embedded again.

Example:
  xtm embed data/reviews --embedder multilingual-e5-small --out data/reviews-embeddings
  xtm run --dataset data/reviews --embedder precomputed --embedder-option folder=data/reviews-embeddings`;

export function registerEmbed(program: Command, terminal: Terminal): void {
  const names = embedderNames.filter((name) => name !== 'precomputed').join(', ');
  addCommand(program, 'embed', {
    description: "write embeddings of a dataset's documents and words as .npy files",
    args: [['<dataset>', 'dataset folder']],
    flags: {
      'embedder <name>': `one of ${names} (default aligned)`,
      'embedder-option <name=value>': 'an option of the embedder; may be given several times',
      'languages <list>': 'BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn',
      'dictionary <file>': 'translation pairs, for the embedder aligned',
      json: 'print the files as JSON',
    },
    more: EXAMPLE,
  })
    .requiredOption('--out <folder>', 'where doc_embeddings_LANG_SPLIT.npy and word_embeddings_LANG.npy go')
    .action((dataset: string, flags: EmbedFlags) => embed(dataset, flags, terminal));
}

async function embed(folder: string, flags: EmbedFlags, terminal: Terminal): Promise<void> {
  const { embedder: name = 'aligned', embedderOption = {}, languages, dictionary } = flags;
  refuseKeys('embedderOptions', embedderOption);
  const embedder = await createEmbedder(name, embedderOption, terminal.environment);
  const onWarning = (warning: string): void => note(terminal, `warning: ${warning}`);
  try {
    const { corpus } = await loadDataset(folder, {
      texts: readsTexts(name),
      ...(languages !== undefined && { languages: parseLanguages(languages) }),
      ...(dictionary !== undefined && { dictionary }),
    });
    const files = await withProgress(terminal, (run) =>
      writeEmbeddings(corpus, embedder, flags.out, { ...run, onWarning }),
    );
    if (flags.json) printJson(terminal, { dimensions: embedder.dimensions, files });
    else print(terminal, files.join('\n'));
  } finally {
    await embedder.dispose?.();
  }
}
