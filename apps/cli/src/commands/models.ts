import type { Command } from 'commander';
import {
  encoderCatalogue,
  encoderNames,
  fetchModel,
  findEncoders,
  graphPrecisions,
  modelsFolder,
} from '@xtm/embedder';
import { formatEncoders } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Examples:
  xtm models list
  xtm models fetch multilingual-e5-small --precision int8
  xtm models fetch bge-m3 --base-url https://hub.example.org --folder /data/models`;

const FOLDER = {
  'folder <folder>': 'where models are kept (default: models in the cache folder, XTM_CACHE)',
} as const;

export function registerModels(program: Command, terminal: Terminal): void {
  const { command: models } = addCommand(program, 'models', {
    description: 'models that embedders run in this process',
    more: EXAMPLE,
  });
  addCommand(models, 'list', {
    description: 'encoders that are known by name, and which of them are here',
    flags: { ...FOLDER, json: 'print JSON' },
  }).action(async ({ folder = modelsFolder(terminal.environment), json }) => {
    const found = await findEncoders(folder);
    const held = encoderCatalogue.map((entry) => ({ ...entry, here: found.filter(({ name }) => name === entry.name) }));
    if (json) printJson(terminal, held);
    else print(terminal, formatEncoders(held, textStyle(terminal)));
  });
  addCommand(models, 'fetch', {
    description: "fetch a model's ONNX export, checked against the server's checksums; goes on where it stopped",
    args: [['<model>', `${encoderNames.join(', ')}, or a repository OWNER/NAME that has an ONNX export`]],
    flags: {
      'precision <name>': [
        'int8 is a quarter of the size, faster and a little less exact (default float32)',
        graphPrecisions,
      ],
      'base-url <url>': 'a mirror or a local server in place of the public hub',
      'revision <name>': 'branch, tag or commit (default main)',
      'graph <path>': 'graph in the repository, in place of a precision',
      ...FOLDER,
      'attempts <number>': 'attempts in a row without a new byte before a file is given up (default 5)',
    },
    more: EXAMPLE,
  }).action(async ({ folder = modelsFolder(terminal.environment), ...options }, model) =>
    print(terminal, await withProgress(terminal, (run) => fetchModel(model, { folder, ...options }, run))),
  );
}
