import { join } from 'node:path';
import type { Command } from 'commander';
import { fetchDictionary, type FetchDictionaryOptions, MUSE, museCode, parseLanguagePair } from '@xtm/dictionary';
import { cacheFolder } from '@xtm/llm';
import { parseNumber } from '../../settings/parse-value';
import { ProgressDisplay } from '../../terminal/progress-display';
import { note, print, shortPath, type Terminal } from '../../terminal/terminal';
import { describeLeftOut, describeList, formatFacts, listFile, type ListFlags, writeList } from './list-output';

interface FetchFlags extends ListFlags, FetchDictionaryOptions {}

const EXAMPLE = `
The file is kept in the cache folder with its SHA-256. Its publisher states none, so the first one counts:
another content is refused from then on, unless --accept-change says that it is right.

Examples:
  xtm dictionary fetch en-ja
  xtm dictionary fetch en,zh-Hans --out muse.txt
  xtm dictionary fetch de-fr --base-url file:///data/muse/`;

export function registerFetch(dictionary: Command, terminal: Terminal): void {
  dictionary
    .command('fetch')
    .description(
      "fetch one of MUSE's dictionaries: of English and 44 languages, and between de, es, fr, it and pt (not for " +
        "commercial use)",
    )
    .argument('<languages>', "two BCP-47 codes in the order of your texts' languages: en-ja, or en,zh-Hans")
    .option('--out <file>', 'where the dictionary goes (default: dictionary-LANG-LANG.txt)')
    .option('--replace', 'replace a file that is there')
    .option('--base-url <url>', 'a mirror, file: for a folder of this machine')
    .option('--folder <folder>', 'where fetched files are kept (default: dictionaries in the cache folder, XTM_CACHE)')
    .option('--accept-change', 'fetch again, and take what comes even if it is not what came first')
    .option(
      '--attempts <number>',
      'attempts in a row without a new byte before it is given up (default 5)',
      parseNumber('attempts'),
    )
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (languages: string, flags: FetchFlags) => fetchList(languages, flags, terminal));
}

async function fetchList(
  text: string,
  { out, replace, json, folder, ...options }: FetchFlags,
  terminal: Terminal,
): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  try {
    const languages = parseLanguagePair(text, (code) => museCode(code) !== undefined);
    const file = listFile(languages, { out, replace });
    const place = folder ?? join(cacheFolder(terminal.environment), 'dictionaries');
    const { list, ...fetched } = await fetchDictionary(
      languages,
      { ...options, folder: place },
      { signal: terminal.signal, onProgress: progress.update },
    );
    progress.stop();
    writeList(file, list);
    const { pair, record, downloaded, lines, leftOut } = fetched;
    const asked = languages.map(museCode).join('-');
    if (pair !== asked) note(terminal, `There is no ${asked}; ${pair} is taken, the other way round.`);
    if (json)
      return print(
        terminal,
        JSON.stringify({ languages, pairs: list.translations.length, out: file, ...fetched }, undefined, 2),
      );
    print(
      terminal,
      formatFacts([
        ['Dictionary', `${MUSE.title}: ${pair}`],
        ['Licence', record.licence],
        ['From', record.url],
        [
          'Kept',
          `${shortPath(fetched.file)} (${record.size} bytes, SHA-256 ` +
            `${record.sha256})${downloaded ? '' : `, since ${record.fetched.slice(0, 10)}`}`,
        ],
        ['Left out', `of ${lines} lines: ${describeLeftOut(leftOut)}`],
        ...describeList(file, list),
      ]),
    );
  } finally {
    progress.stop();
  }
}
