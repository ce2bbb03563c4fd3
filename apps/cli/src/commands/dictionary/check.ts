import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Corpus, DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { findLanguage, loadDataset } from '@xtm/data';
import {
  checkDictionary,
  type DictionaryCheck,
  type Finding,
  type LanguagePair,
  parseLanguagePair,
} from '@xtm/dictionary';
import { formatTable } from '../../terminal/table';
import { pastablePath, print, shortPath, type Terminal } from '../../terminal/terminal';
import { formatFacts } from './list-output';
import { formatShare } from './vocabulary-source';

interface CheckFlags {
  readonly dataset?: string;
  readonly languages?: string;
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm dictionary check dictionary-en-ja.txt --languages en,ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews
  xtm dictionary check --dataset data/reviews`;

export function registerCheck(dictionary: Command, terminal: Terminal): void {
  dictionary
    .command('check')
    .description(
      'what a dictionary is worth to a dataset, and what is wrong with it: encoding, format, order, script, coverage',
    )
    .argument('[file]', "dictionary in xtm's format (default: the dataset's own)")
    .option('--dataset <folder>', 'dataset folder that it is for')
    .option('--languages <list>', "its languages, in the order of prepare and run: en,ja (default: the dataset's)")
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (file: string | undefined, flags: CheckFlags) => check(file, flags, terminal));
}

/** @throws DataFormatError if a model could learn nothing from it, after all is shown */
async function check(
  named: string | undefined,
  { dataset, languages: text, json }: CheckFlags,
  terminal: Terminal,
): Promise<void> {
  const loaded = dataset === undefined ? undefined : await loadDataset(dataset, { dictionary: false });
  const own =
    dataset !== undefined && loaded?.descriptor.dictionary !== undefined
      ? resolve(dataset, loaded.descriptor.dictionary)
      : undefined;
  const file = named ?? own;
  if (file === undefined)
    throw new InvalidOptionError(
      'file',
      undefined,
      dataset === undefined ? 'which dictionary?' : `${dataset} has no dictionary of its own`,
      { advice: 'Name a file: xtm dictionary check dictionary-en-ja.txt --languages en,ja' },
    );
  const languages = loaded === undefined ? namedLanguages(text) : datasetLanguages(loaded.corpus, text);
  const result = await checkDictionary({ file, languages, ...(loaded && { corpus: loaded.corpus }) });
  if (json) print(terminal, JSON.stringify(result, undefined, 2));
  else print(terminal, formatCheck(result, dataset, terminal));
  const [worst] = result.findings;
  if (result.verdict === 'unusable')
    throw new DataFormatError(lowerFirst(worst!.message.replace(/\.$/, '')), { file }, { advice: worst!.advice });
}

function namedLanguages(text: string | undefined): LanguagePair {
  if (text === undefined)
    throw new InvalidOptionError('languages', undefined, 'which languages is it of?', {
      advice: 'Name them, for example --languages en,ja, or the dataset that it is for with --dataset.',
    });
  return parseLanguagePair(text);
}

/** The dataset's codes, also where a user names its languages in another way. */
function datasetLanguages({ languages }: Corpus, text: string | undefined): LanguagePair {
  const places =
    text === undefined
      ? [0, 1]
      : parseLanguagePair(text).map((code) =>
          findLanguage(
            languages.map(({ language }) => language),
            code,
          ),
        );
  const [first, second] = places.map((place) => languages[place]?.language.code);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new InvalidOptionError(
    'languages',
    text,
    `the dataset has ${languages.map(({ language }) => language.code).join(', ')}`,
  );
}

const VERDICTS: Readonly<Record<DictionaryCheck['verdict'], string>> = {
  good: 'good',
  doubtful: 'doubtful: it may not be what you mean',
  unusable: 'unusable as it is',
};

const MARKS: Readonly<Record<Finding['level'], string>> = { unusable: 'wrong', doubtful: 'doubtful', hint: 'note' };

function formatCheck(result: DictionaryCheck, dataset: string | undefined, terminal: Terminal): string {
  const { file, languages, lines, pairs, malformed, repeated, order, vocabularies, findings, verdict } = result;
  const read = `${pairs} different pairs in ${lines} lines; ${malformed} lines are no pair of words, ${repeated} ` +
    'repeat one';
  return [
    formatFacts([
      ['Dictionary', shortPath(file)],
      ['Read', read],
      ...(order === undefined
        ? []
        : [['Order', `the ${order === 'second first' ? languages[1] : languages[0]} word comes first`] as const]),
      ...(vocabularies === undefined
        ? []
        : [
            [
              'Found',
              `${vocabularies.pairs} pairs of words of both ` +
                `vocabularies${vocabularies.onlyNormalised > 0 ? `, ${vocabularies.onlyNormalised} of them only in ` +
                  'lower case or NFKC form' : ''}`,
            ] as const,
          ]),
    ]),
    ...(vocabularies === undefined ? [] : ['', formatReach(languages, vocabularies, terminal), '']),
    ...findings.map(
      ({ level, message, advice }) => `${MARKS[level]}: ${message}${advice === undefined ? '' : ` ${advice}`}`,
    ),
    formatFacts([
      ['Verdict', VERDICTS[verdict]],
      ...(verdict === 'unusable' ? [] : [['Next', nextCommand(file, dataset)] as const]),
    ]),
  ].join('\n');
}

function formatReach(
  languages: LanguagePair,
  { coverage, withStems }: NonNullable<DictionaryCheck['vocabularies']>,
  terminal: Terminal,
): string {
  const columns = [
    { title: 'language' },
    ...[
      'words with a partner',
      'of the vocabulary',
      'of running words',
      ...(withStems ? ['with --match-stems'] : []),
    ].map((title) => ({ title, align: 'right' as const })),
  ];
  const rows = languages.map((code, index) => {
    const { words, vocabularyShare, runningShare } = coverage[index]!;
    return [
      code,
      String(words),
      formatShare(vocabularyShare),
      formatShare(runningShare),
      ...(withStems ? [formatShare(withStems.coverage[index]!.runningShare)] : []),
    ];
  });
  return formatTable(columns, rows, terminal);
}

function nextCommand(file: string, dataset: string | undefined): string {
  const dictionary = `--dictionary ${pastablePath(file)}`;
  return dataset === undefined ? `xtm init ${dictionary}` : `xtm run --dataset ${pastablePath(dataset)} ${dictionary}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
