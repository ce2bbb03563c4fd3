import type { Command } from 'commander';
import { encoderCatalogue, encoderNames, fetchModel, findEncoders, modelsFolder, type FetchModelOptions } from '@xtm/embedder';
import { parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { formatTable } from '../terminal/table';
import { print, type Terminal } from '../terminal/terminal';

interface ListFlags {
  readonly folder?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm models list
  xtm models fetch multilingual-e5-small --precision int8
  xtm models fetch bge-m3 --base-url https://hub.example.org --folder /data/models`;

const FOLDER = ['--folder <folder>', 'where models are kept (default: models in the cache folder, XTM_CACHE)'] as const;

export function registerModels(program: Command, terminal: Terminal): void {
  const models = program.command('models').description('models that embedders run in this process').addHelpText('after', EXAMPLE);
  models
    .command('list')
    .description('encoders that are known by name, and which of them are here')
    .option(...FOLDER)
    .option('--json', 'print JSON')
    .action((flags: ListFlags) => listModels(flags, terminal));
  models
    .command('fetch')
    .description('fetch a model\'s ONNX export into the cache folder, checked against the server\'s checksums; goes on where it stopped')
    .argument('<model>', `${encoderNames.join(', ')}, or a repository OWNER/NAME that has an ONNX export`)
    .option('--precision <name>', 'float32, or int8: a quarter of the size, faster, a little less exact (default float32)')
    .option('--base-url <url>', 'a mirror or a local server in place of the public hub')
    .option('--revision <name>', 'branch, tag or commit (default main)')
    .option('--graph <path>', 'graph in the repository, in place of a precision')
    .option(...FOLDER)
    .option('--attempts <number>', 'attempts in a row without a new byte before a file is given up (default 5)', parseNumber('attempts'))
    .addHelpText('after', EXAMPLE)
    .action(async (model: string, flags: FetchModelOptions) => {
      const progress = new ProgressDisplay(terminal);
      try {
        const folder = await fetchModel(model, { folder: modelsFolder(terminal.environment), ...flags }, { signal: terminal.signal, onProgress: progress.update });
        progress.stop();
        print(terminal, folder);
      } finally {
        progress.stop();
      }
    });
}

async function listModels({ folder, json }: ListFlags, terminal: Terminal): Promise<void> {
  const found = await findEncoders(folder ?? modelsFolder(terminal.environment));
  const states = encoderCatalogue.map((entry) => ({ ...entry, here: found.filter(({ name }) => name === entry.name) }));
  if (json) return print(terminal, JSON.stringify(states, undefined, 2));
  const columns = [
    { title: 'model' }, { title: 'MB', align: 'right' as const }, { title: 'int8, MB', align: 'right' as const },
    { title: 'dimensions', align: 'right' as const }, { title: 'tokens', align: 'right' as const }, { title: 'licence' }, { title: 'here' },
  ];
  const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '' : (bytes / 1e6).toFixed(0));
  const rows = states.map(({ name, graphs, dimensions, maxTokens, licence, here }) => [
    name, megabytes(graphs.float32?.downloadBytes), megabytes(graphs.int8?.downloadBytes), String(dimensions), String(maxTokens), licence,
    here.length === 0 ? 'no' : [...new Set(here.flatMap(({ precisions }) => precisions))].join(', '),
  ]);
  print(terminal, formatTable(columns, rows, terminal));
}
