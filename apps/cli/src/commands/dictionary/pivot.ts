import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { languageName, parseLanguagePair, pivotWordLists, type PivotOptions, readPairLines } from '@xtm/dictionary';
import { collectText, parseNumber } from '../../settings/parse-value';
import { print, type Terminal } from '../../terminal/terminal';
import { describeList, formatFacts, listFile, type ListFlags, writeList } from './list-output';

interface PivotFlags extends ListFlags, Omit<PivotOptions, 'columns'> {
  readonly languages: string;
  readonly through: string;
  readonly columns?: readonly string[];
}

const EXAMPLE = `
Which column holds which language is found out by itself: the words of the middle language are in both files.

Examples:
  xtm dictionary fetch en-ja && xtm dictionary fetch en-zh
  xtm dictionary pivot dictionary-en-ja.txt dictionary-en-zh.txt --languages ja,zh-Hans --through en`;

export function registerPivot(dictionary: Command, terminal: Terminal): void {
  dictionary
    .command('pivot')
    .description('join two dictionaries over a language that both have: Japanese–English and English–Chinese to Japanese–Chinese')
    .argument('<first>', 'dictionary of the first language and the middle one')
    .argument('<second>', 'dictionary of the middle language and the second one')
    .requiredOption('--languages <list>', 'the two languages of the result: ja,zh-Hans')
    .requiredOption('--through <code>', 'the middle language: en')
    .option('--columns <list>', 'languages of a file\'s columns, where they cannot be told: ja,en; once per file', collectText)
    .option('--max-translations <number>', 'translations of a word at most, the surest ones (default 3)', parseNumber('maxTranslations'))
    .option('--min-score <number>', 'score that a pair needs: ways between the words, times the chance to go them; 1 is a pair with one way and no other; a word\'s surest pair also does with two ways (default 0.2)', parseNumber('minScore'))
    .option('--out <file>', 'where the dictionary goes (default: dictionary-LANG-LANG.txt)')
    .option('--replace', 'replace a file that is there')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (first: string, second: string, flags: PivotFlags) => pivot([first, second], flags, terminal));
}

async function pivot([first, second]: readonly [string, string], flags: PivotFlags, terminal: Terminal): Promise<void> {
  const outer = parseLanguagePair(flags.languages);
  const middle = parseCode(flags.through, 'through');
  const file = listFile(outer, flags);
  const { maxTranslations, minScore } = flags;
  const columns = flags.columns?.map((text) => text.split(',').map((code) => parseCode(code.trim(), 'columns')));
  const given = Object.fromEntries(Object.entries({ maxTranslations, minScore, columns }).filter(([, value]) => value !== undefined));
  const { list, ...counts } = pivotWordLists([await readPairLines(first), await readPairLines(second)], { outer, middle }, given);
  writeList(file, list);
  if (flags.json) return print(terminal, JSON.stringify({ languages: outer, through: middle, pairs: list.translations.length, out: file, ...counts }, undefined, 2));
  print(terminal, formatFacts([
    ['Joined over', `${counts.sharedWords} ${languageName(middle)} words that both have`],
    ['Left out', `of ${counts.candidates} pairs: ${counts.belowMinimum} with too low a score, ${counts.aboveMaximum} of words that have enough surer ones`],
    ...describeList(file, list),
  ]));
}

function parseCode(text: string, option: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0]!;
  } catch (cause) {
    throw new InvalidOptionError(option, text, `"${text}" is not a BCP-47 language code`, { cause });
  }
}
