import { Option, type Command } from 'commander';
import { parseNumber } from './parse-value';

/** Adds the flags that say what computes, shared by the commands that train. */
export function addBackendFlags(command: Command): Command {
  return command
    .addOption(new Option('--backend <name>', 'what computes (default auto)').choices(['auto', 'tensorflow', 'wasm', 'cpu']))
    .option('--threads <number>', 'threads that compute on the wasm backend, at most 8; results do not depend on it (default: one a processor)', parseNumber('threads'));
}
