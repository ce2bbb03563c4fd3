import type { Command } from 'commander';
import { fetchModel, type FetchModelOptions } from '@xtm/embedder';
import { parseNumber } from '../settings/parse-value';
import { ProgressDisplay } from '../terminal/progress-display';
import { print, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Examples:
  xtm models fetch bge-m3
  xtm models fetch bge-m3 --base-url https://hub.example.org --folder /data/models`;

export function registerModels(program: Command, terminal: Terminal): void {
  const models = program.command('models').description('models that embedders run in this process').addHelpText('after', EXAMPLE);
  models
    .command('fetch')
    .description('fetch a model\'s ONNX export into the cache folder, checked against the server\'s checksums; goes on where it stopped')
    .argument('<model>', 'bge-m3, or a repository OWNER/NAME that has an ONNX export')
    .option('--base-url <url>', 'a mirror or a local server in place of the public hub')
    .option('--revision <name>', 'branch, tag or commit (default main)')
    .option('--graph <path>', 'graph in the repository, where it has several')
    .option('--folder <folder>', 'where models are kept (default: models in the cache folder, XTM_CACHE)')
    .option('--attempts <number>', 'attempts in a row without a new byte before a file is given up (default 5)', parseNumber('attempts'))
    .addHelpText('after', EXAMPLE)
    .action(async (model: string, flags: FetchModelOptions) => {
      const progress = new ProgressDisplay(terminal);
      try {
        const folder = await fetchModel(model, flags, { signal: terminal.signal, onProgress: progress.update });
        progress.stop();
        print(terminal, folder);
      } finally {
        progress.stop();
      }
    });
}
