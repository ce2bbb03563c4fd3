import type { Command } from 'commander';
import {
  encoderCatalogue,
  encoderNames,
  fetchModel,
  findEncoders,
  modelsFolder,
  type FetchModelOptions,
} from '@xtm/embedder';
import { formatTable, right } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

interface ListFlags {
  readonly folder?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm models list
  xtm models fetch multilingual-e5-small --precision int8
  xtm models fetch bge-m3 --base-url https://hub.example.org --folder /data/models`;

const FOLDER = { 'folder <folder>': 'where models are kept (default: models in the cache folder, XTM_CACHE)' };

export function registerModels(program: Command, terminal: Terminal): void {
  const models = addCommand(program, 'models', {
    description: 'models that embedders run in this process',
    more: EXAMPLE,
  });
  addCommand(models, 'list', {
    description: 'encoders that are known by name, and which of them are here',
    flags: { ...FOLDER, json: 'print JSON' },
  }).action((flags: ListFlags) => listModels(flags, terminal));
  addCommand(models, 'fetch', {
    description: "fetch a model's ONNX export, checked against the server's checksums; goes on where it stopped",
    args: [['<model>', `${encoderNames.join(', ')}, or a repository OWNER/NAME that has an ONNX export`]],
    flags: {
      'precision <name>': 'float32, or int8: a quarter of the size, faster, a little less exact (default float32)',
      'base-url <url>': 'a mirror or a local server in place of the public hub',
      'revision <name>': 'branch, tag or commit (default main)',
      'graph <path>': 'graph in the repository, in place of a precision',
      ...FOLDER,
      'attempts <number>': 'attempts in a row without a new byte before a file is given up (default 5)',
    },
    more: EXAMPLE,
  }).action(async (model: string, flags: FetchModelOptions) => {
    const options = { folder: modelsFolder(terminal.environment), ...flags };
    print(terminal, await withProgress(terminal, (run) => fetchModel(model, options, run)));
  });
}

async function listModels({ folder, json }: ListFlags, terminal: Terminal): Promise<void> {
  const found = await findEncoders(folder ?? modelsFolder(terminal.environment));
  const states = encoderCatalogue.map((entry) => ({
    ...entry,
    here: found.filter(({ name }) => name === entry.name),
  }));
  if (json) return printJson(terminal, states);
  const figures = ['MB', 'int8, MB', 'dimensions', 'tokens'].map(right);
  const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '' : (bytes / 1e6).toFixed(0));
  const rows = states.map(({ name, graphs, dimensions, maxTokens, licence, here }) => [
    name,
    megabytes(graphs.float32?.downloadBytes),
    megabytes(graphs.int8?.downloadBytes),
    String(dimensions),
    String(maxTokens),
    licence,
    [...new Set(here.flatMap(({ precisions }) => precisions))].join(', ') || 'no',
  ]);
  const columns = [{ title: 'model' }, ...figures, { title: 'licence' }, { title: 'here' }];
  print(terminal, formatTable(columns, rows, textStyle(terminal)));
}
