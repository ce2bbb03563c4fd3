import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { type Corpus, type CorpusLanguage, InvalidOptionError, type Language, parseOptions } from '@xtm/contracts';
import { emptyRows } from '../sparse/sparse-rows';
import { exists } from '../files';
import { loadStemmer } from '../words/load-stemmer';
import {
  defaultPreprocessing,
  type Preprocessing,
  PREPROCESSING_FILE,
  readPreprocessing,
} from '../words/preprocessing';
import type { SegmenterChoice } from '../words/segmenter';
import {
  type Dataset,
  type DataWarning,
  dictionaryCoverage,
  dictionaryWarnings,
  emptyDocumentsWarning,
} from './dataset';
import { readDatasetDescriptor } from './dataset-files';
import { resolveLanguages } from './languages';
import { loadLanguage } from './load-language';
import { type Dictionary, readDictionary } from './read-dictionary';

const optionsSchema = z.strictObject({
  languages: z.array(z.strictObject({ code: z.string().min(1), suffix: z.string().min(1) })).optional(),
  dictionary: z.union([z.string().min(1), z.literal(false)]).optional(),
  matchStems: z.boolean().default(false),
  texts: z.boolean().default(false),
});

export interface LoadDatasetOptions {
  /** Languages in order; by default those of `dataset.json`, else one for each `vocab_*` file, English first. */
  readonly languages?: readonly Language[];
  /** Dictionary file, or false for none; by default the one `dataset.json` names, if any. */
  readonly dictionary?: string | false;
  /**
   * Whether words of the dictionary also match vocabulary words of the same stem, in languages that have a stemmer
   * (`loadStemmer`); false by default.
   */
  readonly matchStems?: boolean;
  /** Whether to keep the texts in memory; false by default. */
  readonly texts?: boolean;
}

/**
 * Loads a folder in the layout of the public cross-lingual benchmarks. For each language L it holds `vocab_L`,
 * `train_bow_matrix_L.npz` and, as far as there are any, `test_bow_matrix_L.npz`, `{train,test}_labels_L.txt`,
 * `{train,test}_texts_L.txt`, `{train,test}_documents_L.jsonl` (ids and metadata), `word2vec_L.npz` and
 * `cluster_labels_L_cosine.npy` or `cluster_labels_L.npy`; `dataset.json` describes it, `preprocessing.json` says how
 * its texts became words.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, InvalidOptionError
 */
export async function loadDataset(folder: string, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const { languages: asked, dictionary: dictionaryFile, matchStems, texts } = parseOptions(optionsSchema, options);
  const descriptor = await readDatasetDescriptor(folder);
  const reading = { texts, labelNames: descriptor.labels ?? {} };
  const languages: CorpusLanguage[] = [];
  for (const language of await resolveLanguages(folder, asked ?? descriptor.languages)) {
    languages.push(await loadLanguage(folder, language, reading));
  }
  const file =
    dictionaryFile === false
      ? undefined
      : (dictionaryFile ?? (descriptor.dictionary === undefined ? undefined : resolve(folder, descriptor.dictionary)));
  const dictionary = file === undefined ? undefined : await dictionaryOf(file, languages, matchStems);
  const corpus: Corpus = {
    name: descriptor.name ?? basename(resolve(folder)),
    ...(descriptor.description !== undefined && { description: descriptor.description }),
    languages,
    ...(dictionary && { dictionary: dictionary.pairs }),
  };
  return {
    corpus,
    descriptor,
    preprocessing: await preprocessingOf(folder, languages, descriptor.segmenter),
    ...(dictionary && { dictionary: { ...dictionary.report, coverage: dictionaryCoverage(corpus) } }),
    warnings: [...languages.flatMap(warningsOf), ...dictionaryWarnings(file, dictionary?.report)],
  };
}

/** As the folder tells; where it does not, whatever words the vocabulary has are counted. */
async function preprocessingOf(
  folder: string,
  languages: readonly CorpusLanguage[],
  segmenter: SegmenterChoice | undefined,
): Promise<Preprocessing> {
  const file = join(folder, PREPROCESSING_FILE);
  const known = (await exists(file)) ? await readPreprocessing(file) : undefined;
  const defaults = defaultPreprocessing(
    languages.map(({ language }) => language),
    segmenter,
  );
  return {
    version: 1,
    languages: defaults.languages.map(
      (preprocessing) =>
        known?.languages.find(({ language }) => language.suffix === preprocessing.language.suffix) ?? preprocessing,
    ),
  };
}

async function dictionaryOf(
  file: string,
  languages: readonly CorpusLanguage[],
  matchStems: boolean,
): Promise<Dictionary> {
  const [first, second] = languages;
  if (first === undefined || second === undefined)
    throw new InvalidOptionError('dictionary', file, 'needs two languages');
  const stems = matchStems
    ? ([await loadStemmer(first.language.code), await loadStemmer(second.language.code)] as const)
    : undefined;
  const codes = [first.language.code, second.language.code] as const;
  return readDictionary(file, [first.vocabulary, second.vocabulary], { codes, ...(stems && { stems }) });
}

function warningsOf({ language, train, test }: CorpusLanguage): DataWarning[] {
  const places = (['train', 'test'] as const).flatMap((split) => {
    const set = split === 'train' ? train : test;
    return set === undefined ? [] : emptyRows(set.rows).map((row) => `${split}:${row + 1}`);
  });
  const warning = emptyDocumentsWarning(language, places);
  return warning === undefined ? [] : [warning];
}
