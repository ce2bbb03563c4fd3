import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal';
import { registerCheck } from './dictionary/check';
import { registerFetch } from './dictionary/fetch';
import { registerFrom } from './dictionary/from';
import { registerInduce } from './dictionary/induce';
import { registerPivot } from './dictionary/pivot';
import { registerTranslate } from './dictionary/translate';

/** What `xtm dictionary` can do, in the order in which help lists it; a new one is a line here. */
const subcommands: readonly ((dictionary: Command, terminal: Terminal) => void)[] = [registerFetch, registerFrom, registerPivot, registerInduce, registerTranslate, registerCheck];

const EXAMPLE = `
Examples:
  xtm dictionary fetch en-ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews`;

export function registerDictionary(program: Command, terminal: Terminal): void {
  const dictionary = program.command('dictionary').description('word lists of two languages: get, convert, join, make and check them').addHelpText('after', EXAMPLE);
  for (const register of subcommands) register(dictionary, terminal);
}
