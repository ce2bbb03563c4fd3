import { existsSync } from 'node:fs';
import { InvalidOptionError } from '@xtm/contracts';
import { formatWordList, type LeftOut, type WordList } from '@xtm/dictionary';
import { writeAtomically } from '@xtm/pipeline';
import { pastablePath, shortPath } from '../../terminal/terminal';

/** Where a word list goes, and what is printed of it; the same for every command that makes one of files. */
export interface ListFlags {
  readonly out?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/**
 * The file that a list of two languages is written to.
 *
 * @throws InvalidOptionError for one that is there already and may not be replaced
 */
export function listFile(
  languages: readonly [string, string],
  { out = `dictionary-${languages.join('-')}.txt`, replace }: ListFlags,
): string {
  if (existsSync(out) && !replace)
    throw new InvalidOptionError('out', out, `${out} is there already`, {
      advice: 'Name another file with --out, or replace it with --replace.',
    });
  return out;
}

/** Writes the list; lines have the second language's word first. */
export function writeList(file: string, list: WordList): void {
  writeAtomically(file, formatWordList(list));
}

/** How many pairs are where, and the command that says what they are worth. */
export function describeList(file: string, { languages, translations }: WordList): [string, string][] {
  const words = [
    new Set(translations.map(({ first }) => first)).size,
    new Set(translations.map(({ second }) => second)).size,
  ];
  return [
    ['Pairs', `${translations.length}, of ${words[0]} ${languages[0]} and ${words[1]} ${languages[1]} words`],
    ['Written to', `${shortPath(file)}, the ${languages[1]} word first in every line`],
    ['Next', `xtm dictionary check ${pastablePath(file)} --languages ${languages.join(',')}`],
  ];
}

/** What is not in the list and why; what there is nothing of is not named. */
export function describeLeftOut({ severalWords, empty, otherScript, repeated }: LeftOut): string {
  const reasons: [number, string][] = [
    [severalWords, 'of several words'],
    [empty, 'with nothing left but punctuation or an explanation'],
    [otherScript, 'in another script'],
    [repeated, 'pairs that were there already'],
  ];
  const named = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`);
  return named.length === 0 ? 'nothing' : named.join(', ');
}

/** Facts a line each, their names in a column. */
export function formatFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...facts.map(([name]) => name.length)) + 1;
  return facts.map(([name, value]) => `${`${name}:`.padEnd(width)} ${value}`).join('\n');
}
