import { Option, type Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { convertDictionary, type ConvertDictionaryOptions, dictionaryFormats, parseLanguagePair } from '@xtm/dictionary';
import { print, type Terminal } from '../../terminal/terminal';
import { describeLeftOut, describeList, formatFacts, listFile, type ListFlags, writeList } from './list-output';

interface FromFlags extends ListFlags, Pick<ConvertDictionaryOptions, 'format' | 'readings'> {
  readonly languages?: string;
  readonly columns?: string;
}

const EXAMPLE = `
Reads CC-CEDICT, JMdict (XML), EDICT and EDICT2, FreeDict (TEI, or .index with .dict.dz as Debian's dict-freedict packages
have them) and tables of words (CSV, TSV, MUSE's lists), plain or as .gz. Only pairs of single words are kept.

Examples:
  xtm dictionary from cedict_1_0_ts_utf-8_mdbg.txt.gz --languages zh-Hans,en
  xtm dictionary from JMdict.gz --languages de,ja
  xtm dictionary from /usr/share/dictd/freedict-deu-eng.index
  xtm dictionary from glossary.csv --languages en,de --columns term,Begriff`;

export function registerFrom(dictionary: Command, terminal: Terminal): void {
  dictionary
    .command('from')
    .description('make a dictionary of a published one: CC-CEDICT, JMdict, EDICT, FreeDict, or a table')
    .argument('<file>', 'the published dictionary')
    .option('--languages <list>', 'two BCP-47 codes in the order of your texts\' languages; zh-Hant takes the traditional writing (default: those that the format or the file\'s name tells)')
    .addOption(new Option('--format <name>', 'its format (default: found out)').choices(Object.keys(dictionaryFormats)))
    .option('--columns <first,second>', 'columns of a table that hold the words, in the order of the languages: titles or numbers')
    .option('--readings', 'take the kana readings of Japanese words too that are usually written with Chinese characters')
    .option('--out <file>', 'where the dictionary goes (default: dictionary-LANG-LANG.txt)')
    .option('--replace', 'replace a file that is there')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (file: string, flags: FromFlags) => convert(file, flags, terminal));
}

async function convert(source: string, flags: FromFlags, terminal: Terminal): Promise<void> {
  const { format, readings } = flags;
  const languages = flags.languages === undefined ? undefined : parseLanguagePair(flags.languages);
  const early = languages && listFile(languages, flags);
  const options = { format, readings, languages, columns: flags.columns === undefined ? undefined : parseColumns(flags.columns) };
  const { list, ...counts } = await convertDictionary(source, Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)), { signal: terminal.signal });
  const file = early ?? listFile(list.languages, flags);
  writeList(file, list);
  if (flags.json) return print(terminal, JSON.stringify({ languages: list.languages, pairs: list.translations.length, out: file, ...counts }, undefined, 2));
  const { title, licence } = dictionaryFormats[counts.format];
  print(terminal, formatFacts([
    ['Dictionary', `${title}: ${counts.entries} entries with ${counts.glosses} glosses`],
    ['Licence', licence],
    ['Left out', describeLeftOut(counts.leftOut)],
    ...describeList(file, list),
  ]));
}

function parseColumns(text: string): [string, string] {
  const [first, second, ...others] = text.split(',').map((name) => name.trim());
  if (first && second && others.length === 0) return [first, second];
  throw new InvalidOptionError('columns', text, `"${text}" is not of the form first,second`);
}
