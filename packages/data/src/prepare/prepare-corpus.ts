import { type Corpus, InvalidOptionError, type Language, parseOptions, type RunOptions } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { type Dataset, dictionaryCoverage, dictionaryWarnings } from '../dataset/dataset';
import { checkLanguages, findLanguage, toLanguage } from '../dataset/languages';
import { readDictionary } from '../dataset/read-dictionary';
import { groupDocuments, splitDocuments } from './group-documents';
import { type PreparedLanguage, prepareLanguage } from './prepare-language';
import { type PrepareOptions, prepareSchema, type ResolvedPrepareOptions } from './prepare-options';

/**
 * Makes a corpus of raw texts: reads the documents, divides them into training and test, cuts them into words,
 * drops stop words, builds one vocabulary per language from the training documents and counts its words.
 * Documents without any word of the vocabulary are kept and reported in the warnings.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, InvalidOptionError, AbortedError
 */
export async function prepareCorpus(options: PrepareOptions, run: RunOptions = {}): Promise<Dataset> {
  const settings = parseOptions(prepareSchema, options);
  const languages = settings.languages.map(({ code, suffix }) => toLanguage(code, suffix));
  checkLanguages(languages);
  checkStopWordLanguages(settings, languages);
  const groups = await groupDocuments(settings.documents, languages);
  const generator = new SeededGenerator(settings.seed);
  const prepared: PreparedLanguage[] = [];
  for (const [index, language] of languages.entries()) {
    const documents = splitDocuments(
      groups[index]!,
      settings.testFraction,
      generator.fork(`split ${language.suffix}`),
    );
    prepared.push(await prepareLanguage(language, documents, settings, run));
  }
  const { name, description, labels, preset } = settings;
  const [first, second] = prepared.map(({ corpus }) => corpus.vocabulary);
  const codes = languages.map(({ code }) => code) as [string, string];
  const dictionary =
    settings.dictionary === undefined
      ? undefined
      : await readDictionary(settings.dictionary, [first!, second!], { codes });
  const corpus: Corpus = {
    name,
    ...(description !== undefined && { description }),
    languages: prepared.map(({ corpus: language }) => language),
    ...(dictionary && { dictionary: dictionary.pairs }),
  };
  return {
    corpus,
    descriptor: {
      name,
      languages,
      ...(description !== undefined && { description }),
      ...(labels && { labels }),
      ...(preset !== undefined && { preset }),
    },
    preprocessing: { version: 1, languages: prepared.map(({ preprocessing }) => preprocessing) },
    ...(dictionary && { dictionary: { ...dictionary.report, coverage: dictionaryCoverage(corpus) } }),
    commonWords: prepared.map(({ commonWords }) => commonWords),
    warnings: [
      ...prepared.flatMap(({ warnings }) => warnings),
      ...dictionaryWarnings(settings.dictionary, dictionary?.report),
    ],
  };
}

function checkStopWordLanguages({ stopWords }: ResolvedPrepareOptions, languages: readonly Language[]): void {
  if (typeof stopWords === 'string') return;
  const unknown = Object.keys(stopWords).find((name) => findLanguage(languages, name) < 0);
  if (unknown === undefined) return;
  throw new InvalidOptionError(
    'stopWords',
    unknown,
    `"${unknown}" is none of ${languages.map(({ code }) => code).join(', ')}`,
  );
}
