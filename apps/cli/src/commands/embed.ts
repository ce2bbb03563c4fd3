import type { Command } from 'commander';
import { embedderNames } from '@xtm/embedder';
import { embedDataset } from '@xtm/pipeline';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { print, printJson, type Terminal } from '../terminal/terminal';

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
    required: { 'out <folder>': 'where doc_embeddings_LANG_SPLIT.npy and word_embeddings_LANG.npy go' },
    flags: {
      'embedder <name>': `one of ${names} (default aligned)`,
      'embedder-option <name=value>': 'an option of the embedder; may be given several times',
      'languages <list>': 'BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn',
      'dictionary <file>': 'translation pairs, for the embedder aligned',
      json: 'print the files as JSON',
    },
    more: EXAMPLE,
  }).action(async ({ out, embedderOption: embedderOptions, json, ...named }, dataset) => {
    const { environment } = terminal;
    const { dimensions, files } = await withProgress(terminal, (run) =>
      embedDataset(dataset, out, { ...named, embedderOptions, environment, ...run }),
    );
    if (json) printJson(terminal, { dimensions, files });
    else print(terminal, files.join('\n'));
  });
}
