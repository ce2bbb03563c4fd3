import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { commands } from './commands';
import { EXIT, processTerminal, showError, type Terminal } from './terminal/terminal';

/**
 * Runs one command line, `xtm` itself left out; resolves to the exit code: 0 done, 1 failed, 2 wrong use.
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const program = createProgram(terminal);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    return showError(terminal, error);
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('xtm')
    .description(
      'Cross-lingual topic models: topics with words in two languages from documents that are no translations.',
    )
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out.write(text), writeErr: (text) => terminal.log.write(text) })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong use.');
  for (const register of commands) register(program, terminal);
  return program;
}
