import type { Command } from 'commander';
import { describeDataset, parseLanguages, type PrepareOptions, prepareSchema } from '@xtm/data';
import { parseDocuments, prepareProject, shortPath } from '@xtm/pipeline';
import { formatDataset } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { columnFields, columnsOf } from '../settings/column-flags';
import { collectText } from '../settings/parse-value';
import { withProgress } from '../terminal/progress-display';
import { print, printJson, textStyle, type Terminal, withFlags } from '../terminal/terminal';

/** Options that a flag says as the library takes them. */
const FIELDS = prepareSchema.pick({
  name: true,
  description: true,
  dictionary: true,
  segmenter: true,
  keepWords: true,
  minDocumentFrequency: true,
  maxDocumentFrequency: true,
  vocabularySize: true,
  testFraction: true,
  seed: true,
}).shape;

const EXAMPLE = `
Examples:
  xtm prepare xtm.yaml
  xtm prepare corpus.json --out data/reviews
  xtm prepare --documents en=english.csv --documents zh-Hans=chinese.csv --text-column review --out data/reviews`;

export function registerPrepare(program: Command, terminal: Terminal): void {
  addCommand(program, 'prepare', {
    description: 'make a dataset folder of raw texts: words, vocabulary, bags of words, training and test documents',
    args: [['[file]', 'file that says all of this: YAML of "xtm init", or a corpus file in JSON; flags win']],
    flags: {
      'out <folder>': 'dataset folder to write, which names the dataset (default: as the YAML file says)',
      'documents <language=file>': ['texts of one language, once per language, or of all: file alone', collectText],
      'languages <list>': 'BCP-47 codes, with the file suffix where that differs: en,zh-Hans:cn',
      'stop-words <list>': ['standard stop words to drop (default moderate)', ['moderate', 'broad', 'none']],
      'no-stop-words': 'keep the standard stop words',
      replace: 'replace a dataset folder that is there',
      json: 'print JSON',
    },
    fields: { ...columnFields('text', 'language', 'label', 'id', 'date', 'split'), ...FIELDS },
    more: EXAMPLE,
  }).action(async ({ out, replace, json, documents, languages, stopWords, ...flags }, file) => {
    const fields = Object.entries(flags).filter(([name]) => name in FIELDS);
    const options: Partial<PrepareOptions> = {
      ...Object.fromEntries(fields),
      // Commander says true where neither --stop-words nor --no-stop-words is given.
      ...(stopWords !== undefined && stopWords !== true && { stopWords }),
      ...(languages !== undefined && { languages: parseLanguages(languages) }),
      ...(documents !== undefined && parseDocuments(documents, languages, columnsOf(flags))),
    };
    const { folder, dataset } = await withProgress(terminal, (run) =>
      prepareProject({ file, out, replace, options }, run),
    );
    const facts = describeDataset(dataset);
    if (json) return printJson(terminal, { folder, ...facts });
    const place = shortPath(folder);
    const ending = `Dataset folder:   ${place}\nNext:             xtm run --dataset ${place}`;
    print(terminal, `${withFlags(formatDataset(facts, textStyle(terminal)))}\n${ending}`);
  });
}
