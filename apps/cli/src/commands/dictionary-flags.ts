import type { Command } from 'commander';
import {
  convertDictionarySchema,
  fetchDictionarySchema,
  inductionSchema,
  pivotSchema,
  translationSchema,
  type ConvertDictionaryOptions,
  type CorpusTranslationOptions,
  type FetchDictionaryOptions,
  type InductionOptions,
  type PivotOptions,
} from '@xtm/dictionary';
import type { TokenPrices } from '@xtm/llm';
import { addCommand, type CommandText } from '../settings/add-command';
import { addLlmFlags } from '../settings/llm-flags';
import { collectText } from '../settings/parse-value';
import { addFieldFlags } from '../settings/setting-flags';

/** Flags of every command that writes a list. */
export interface ListFlags {
  readonly out?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/** Flags of the commands that make a list of a corpus' own words. */
export interface OwnWordsFlags extends ListFlags {
  readonly known?: string;
  readonly languages?: string;
}

export type FetchFlags = ListFlags & FetchDictionaryOptions;
export type FromFlags = ListFlags &
  Pick<ConvertDictionaryOptions, 'format' | 'readings'> &
  Partial<Record<'languages' | 'columns', string>>;
export type PivotFlags = ListFlags &
  Omit<PivotOptions, 'columns'> &
  Record<'languages' | 'through', string> & { readonly columns?: readonly string[] };
export type CheckFlags = Partial<Record<'dataset' | 'languages', string>> & Pick<ListFlags, 'json'>;
export interface InduceFlags extends OwnWordsFlags, InductionOptions {
  readonly embedder?: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly onlyInduced?: boolean;
}
export interface TranslateFlags extends OwnWordsFlags, CorpusTranslationOptions {
  readonly dryRun?: boolean;
  readonly prices?: TokenPrices;
}

/** Examples that help of each command ends with. */
export const EXAMPLES = {
  dictionary: `
Examples:
  xtm dictionary fetch en-ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews`,
  fetch: `
The file is kept in the cache folder with its SHA-256. Its publisher states none, so the first one counts:
another content is refused from then on, unless --accept-change says that it is right.

Examples:
  xtm dictionary fetch en-ja
  xtm dictionary fetch en,zh-Hans --out muse.txt
  xtm dictionary fetch de-fr --base-url file:///data/muse/`,
  from: `
Reads CC-CEDICT, JMdict (XML), EDICT and EDICT2, FreeDict (TEI, or .index with .dict.dz as Debian's dict-freedict
packages have them) and tables of words (CSV, TSV, MUSE's lists), plain or as .gz. Only pairs of single words are kept.

Examples:
  xtm dictionary from cedict_1_0_ts_utf-8_mdbg.txt.gz --languages zh-Hans,en
  xtm dictionary from JMdict.gz --languages de,ja
  xtm dictionary from /usr/share/dictd/freedict-deu-eng.index
  xtm dictionary from glossary.csv --languages en,de --columns term,Begriff`,
  pivot: `
Which column holds which language is found out by itself: the words of the middle language are in both files.

Examples:
  xtm dictionary fetch en-ja && xtm dictionary fetch en-zh
  xtm dictionary pivot dictionary-en-ja.txt dictionary-en-zh.txt --languages ja,zh-Hans --through en`,
  induce: `
Needs an encoder that knows both languages: "xtm models fetch multilingual-e5-small" gets a small one. A known
dictionary sets the thresholds.

Examples:
  xtm dictionary induce xtm.yaml
  xtm dictionary induce data/reviews --embedder multilingual-e5-small --embedder-option folder=e5 --out induced.txt
  xtm dictionary induce data/reviews --known muse.txt --out both.txt`,
  translate: `
Replies are kept in the cache folder: the same command asks for nothing again, and goes on where a budget or a failure
ended it.

Examples:
  xtm dictionary translate xtm.yaml --llm-preset gemini --llm-model gemini-2.5-flash --dry-run
  xtm dictionary translate xtm.yaml --llm-preset ollama --llm-model qwen3 --words 2000 --max-calls 200`,
  check: `
Examples:
  xtm dictionary check dictionary-en-ja.txt --languages en,ja
  xtm dictionary check dictionary-en-ja.txt --dataset data/reviews
  xtm dictionary check --dataset data/reviews`,
} as const;

export type DictionaryCommand = Exclude<keyof typeof EXAMPLES, 'dictionary'>;

const LIST_FLAGS = {
  'out <file>': 'where the dictionary goes (default: what a project names, else dictionary-LANG-LANG.txt)',
  replace: 'replace a file that is there',
  json: 'print JSON',
};

const OWN_WORDS_FLAGS = {
  'languages <list>': 'the two languages of a dataset folder, where it does not say: en,zh-Hans:cn',
  'known <file>': "a dictionary that is there and joins the result (default: the project's, if it is there)",
};

const OWN_WORDS_ARGUMENT = ['<texts>', 'project file of "xtm init", corpus file in JSON, or dataset folder'] as const;

const COMMANDS: Readonly<Record<DictionaryCommand, CommandText>> = {
  fetch: {
    description: "fetch one of MUSE's dictionaries, with English or among de, es, fr, it and pt (non-commercial use)",
    args: [['<languages>', "two BCP-47 codes in the order of your texts' languages: en-ja, or en,zh-Hans"]],
    flags: {
      'attempts <number>': 'attempts in a row without a new byte before it is given up (default 5)',
      ...LIST_FLAGS,
    },
  },
  from: {
    description: 'make a dictionary of a published one: CC-CEDICT, JMdict, EDICT, FreeDict, or a table',
    args: [['<file>', 'the published dictionary']],
    flags: {
      'languages <list>': "two BCP-47 codes in the order of your texts' languages (default: as format or file tell)",
      'columns <first,second>': 'columns of a table that hold the words: titles or numbers, in that order',
      ...LIST_FLAGS,
    },
  },
  pivot: {
    description: 'join two dictionaries over a language that both have: Japanese–English and English–Chinese',
    args: [
      ['<first>', 'dictionary of the first language and the middle one'],
      ['<second>', 'dictionary of the middle language and the second one'],
    ],
    flags: {
      'languages <list>': 'the two languages of the result: ja,zh-Hans',
      'through <code>': 'the middle language: en',
      'columns <list>': [
        "languages of a file's columns, where they cannot be told: ja,en; once per file",
        collectText,
      ],
      ...LIST_FLAGS,
    },
  },
  induce: {
    description: "make a dictionary of the texts' own words with a multilingual encoder, or improve upon one",
    args: [OWN_WORDS_ARGUMENT],
    flags: {
      'embedder <name>': "the encoder (default: the project's, else one that is on this machine)",
      'embedder-option <name=value>': 'an option of the encoder, such as folder=e5; may be given several times',
      ...OWN_WORDS_FLAGS,
      'only-induced': 'leave the known dictionary out of the result',
      ...LIST_FLAGS,
    },
  },
  translate: {
    description: "have a language model translate the texts' own words, in batches",
    args: [OWN_WORDS_ARGUMENT],
    flags: {
      'words <number>': 'words per language, the most frequent (default: all)',
      ...OWN_WORDS_FLAGS,
      'dry-run': 'say how many requests and tokens it would take, and do nothing',
      ...LIST_FLAGS,
    },
  },
  check: {
    description: 'what a dictionary is worth to a dataset, and what is wrong with it',
    args: [['[file]', "dictionary in xtm's format (default: the dataset's own)"]],
    flags: {
      'dataset <folder>': 'dataset folder that it is for',
      'languages <list>': "its languages, in the order of prepare and run: en,ja (default: the dataset's)",
      json: 'print JSON',
    },
  },
};

/** Options that a flag says as the library takes them. */
const FIELDS: Partial<Record<DictionaryCommand, Parameters<typeof addFieldFlags>[1]>> = {
  fetch: fetchDictionarySchema.shape,
  from: convertDictionarySchema.pick({ format: true, readings: true }).shape,
  pivot: pivotSchema.omit({ columns: true }).shape,
  induce: inductionSchema.shape,
  translate: translationSchema.shape,
};

/** Adds one of the commands below `xtm dictionary`, with its arguments, flags and examples. */
export function addDictionaryCommand(dictionary: Command, name: DictionaryCommand): Command {
  const command = addCommand(dictionary, name, { ...COMMANDS[name], more: EXAMPLES[name] });
  addFieldFlags(command, FIELDS[name] ?? {});
  if (name === 'translate') addLlmFlags(command);
  const required = name === 'pivot' ? ['languages', 'through'] : [];
  for (const option of command.options) if (required.includes(option.attributeName())) option.makeOptionMandatory();
  return command;
}
