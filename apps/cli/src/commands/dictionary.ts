import { join } from 'node:path';
import type { Command } from 'commander';
import {
  checkNamedDictionary,
  convertDictionary,
  convertDictionarySchema,
  describeConverted,
  describeFetched,
  describeJoined,
  fetchDictionary,
  fetchDictionarySchema,
  museCode,
  newDictionaryFile,
  parseLanguageCode,
  parseLanguagePair,
  pivotSchema,
  pivotWordLists,
  readPairLines,
  refuseUnusable,
  writeWordList,
  type Fact,
  type WordList,
} from '@xtm/dictionary';
import { cacheFolder } from '@xtm/llm';
import { pastablePath, shortPath } from '@xtm/pipeline';
import { formatFacts } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText, splitList } from '../settings/parse-value';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, type Terminal } from '../terminal/terminal';
import { LIST_FLAGS, registerInduce, registerTranslate } from './dictionary-making';
import { formatCheck } from './dictionary-text';

const EXAMPLE = `
Examples:
  xtm dictionary fetch en-ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews`;

export function registerDictionary(program: Command, terminal: Terminal): void {
  const { command: dictionary } = addCommand(program, 'dictionary', {
    description: 'word lists of two languages: get, convert, join, make and check them',
    more: EXAMPLE,
  });
  registerFetch(dictionary, terminal);
  registerFrom(dictionary, terminal);
  registerPivot(dictionary, terminal);
  registerInduce(dictionary, terminal);
  registerTranslate(dictionary, terminal);
  registerCheck(dictionary, terminal);
}

const FETCH_EXAMPLE = `
The file is kept in the cache folder with its SHA-256. Its publisher states none, so the first one counts:
another content is refused from then on, unless --accept-change says that it is right.

Examples:
  xtm dictionary fetch en-ja
  xtm dictionary fetch en,zh-Hans --out muse.txt
  xtm dictionary fetch de-fr --base-url file:///data/muse/`;

function registerFetch(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'fetch', {
    description: "fetch one of MUSE's dictionaries, with English or among de, es, fr, it and pt (non-commercial use)",
    args: [['<languages>', "two BCP-47 codes in the order of your texts' languages: en-ja, or en,zh-Hans"]],
    flags: {
      'attempts <number>': 'attempts in a row without a new byte before it is given up (default 5)',
      ...LIST_FLAGS,
    },
    fields: fetchDictionarySchema.shape,
    more: FETCH_EXAMPLE,
  }).action(async ({ out, replace, json, folder: kept, ...options }, text) => {
    const languages = parseLanguagePair(text, (code) => museCode(code) !== undefined);
    const file = newDictionaryFile(languages, { out, replace });
    const folder = kept ?? join(cacheFolder(terminal.environment), 'dictionaries');
    const fetched = await withProgress(terminal, (run) => fetchDictionary(languages, { ...options, folder }, run));
    const asked = languages.map(museCode).join('-');
    if (fetched.pair !== asked) note(terminal, `There is no ${asked}; ${fetched.pair} is taken, the other way round.`);
    const facts = describeFetched({ ...fetched, file: shortPath(fetched.file) });
    showList(file, fetched, { named: { languages }, facts, json }, terminal);
  });
}

const FROM_EXAMPLE = `
Reads CC-CEDICT, JMdict (XML), EDICT and EDICT2, FreeDict (TEI, or .index with .dict.dz as Debian's dict-freedict
packages have them) and tables of words (CSV, TSV, MUSE's lists), plain or as .gz. Only pairs of single words are kept.

Examples:
  xtm dictionary from cedict_1_0_ts_utf-8_mdbg.txt.gz --languages zh-Hans,en
  xtm dictionary from JMdict.gz --languages de,ja
  xtm dictionary from /usr/share/dictd/freedict-deu-eng.index
  xtm dictionary from glossary.csv --languages en,de --columns term,Begriff`;

function registerFrom(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'from', {
    description: 'make a dictionary of a published one: CC-CEDICT, JMdict, EDICT, FreeDict, or a table',
    args: [['<file>', 'the published dictionary']],
    flags: {
      'languages <list>': "two BCP-47 codes in the order of your texts' languages (default: as format or file tell)",
      ...LIST_FLAGS,
    },
    fields: convertDictionarySchema.omit({ languages: true }).shape,
    more: FROM_EXAMPLE,
  }).action(async ({ languages: text, out, replace, json, ...options }, source) => {
    const asked = text === undefined ? undefined : parseLanguagePair(text);
    if (asked !== undefined) newDictionaryFile(asked, { out, replace });
    const languages = asked === undefined ? {} : { languages: asked };
    const converted = await convertDictionary(source, { ...options, ...languages }, { signal: terminal.signal });
    const { languages: found } = converted.list;
    const file = newDictionaryFile(found, { out, replace });
    const facts = describeConverted(converted);
    showList(file, converted, { named: { languages: found }, facts, json }, terminal);
  });
}

const PIVOT_EXAMPLE = `
Which column holds which language is found out by itself: the words of the middle language are in both files.

Examples:
  xtm dictionary fetch en-ja && xtm dictionary fetch en-zh
  xtm dictionary pivot dictionary-en-ja.txt dictionary-en-zh.txt --languages ja,zh-Hans --through en`;

function registerPivot(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'pivot', {
    description: 'join two dictionaries over a language that both have: Japanese–English and English–Chinese',
    args: [
      ['<first>', 'dictionary of the first language and the middle one'],
      ['<second>', 'dictionary of the middle language and the second one'],
    ],
    required: {
      'languages <list>': 'the two languages of the result: ja,zh-Hans',
      'through <code>': 'the middle language: en',
    },
    flags: {
      'columns <list>': [
        "languages of a file's columns, where they cannot be told: ja,en; once per file",
        collectText,
      ],
      ...LIST_FLAGS,
    },
    fields: pivotSchema.omit({ columns: true }).shape,
    more: PIVOT_EXAMPLE,
  }).action(async ({ languages, through, columns: texts, out, replace, json, ...options }, first, second) => {
    const outer = parseLanguagePair(languages);
    const middle = parseLanguageCode(through, 'through');
    const file = newDictionaryFile(outer, { out, replace });
    const columns = texts?.map((text) => splitList(text).map((code) => parseLanguageCode(code, 'columns')));
    const files = [await readPairLines(first), await readPairLines(second)] as const;
    const joined = pivotWordLists(files, { outer, middle }, { ...options, columns });
    const facts = describeJoined(joined, middle);
    showList(file, joined, { named: { languages: outer, through: middle }, facts, json }, terminal);
  });
}

const CHECK_EXAMPLE = `
Examples:
  xtm dictionary check dictionary-en-ja.txt --languages en,ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews
  xtm dictionary check --dataset data/reviews`;

function registerCheck(dictionary: Command, terminal: Terminal): void {
  addCommand(dictionary, 'check', {
    description: 'what a dictionary is worth to a dataset, and what is wrong with it',
    args: [['[file]', "dictionary in xtm's format (default: the dataset's own)"]],
    flags: {
      'dataset <folder>': 'dataset folder that it is for',
      'languages <list>': "its languages, in the order of prepare and run: en,ja (default: the dataset's)",
      json: 'print JSON',
    },
    more: CHECK_EXAMPLE,
  }).action(async ({ dataset, languages, json }, file) => {
    const result = await checkNamedDictionary({ file, dataset, languages });
    if (json) printJson(terminal, result);
    else print(terminal, formatCheck(result, dataset, terminal));
    refuseUnusable(result);
  });
}

/** Writes a list and tells of it: facts, where it is, and the command that says what it is worth. */
function showList(
  file: string,
  { list, ...others }: { readonly list: WordList },
  { named, facts, json }: { readonly named: object; readonly facts: readonly Fact[]; readonly json?: boolean },
  terminal: Terminal,
): void {
  const { languages, translations } = list;
  writeWordList(file, list);
  if (json) return printJson(terminal, { ...named, pairs: translations.length, out: file, ...others });
  const written = `${shortPath(file)}, the ${languages[1]} word first in every line`;
  const next = `xtm dictionary check ${pastablePath(file)} --languages ${languages.join(',')}`;
  print(terminal, formatFacts([...facts, ['Written to', written], ['Next', next]], ':'));
}
