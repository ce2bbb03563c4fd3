import { type RunOptions, parseOptions } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import type { Dataset } from '../dataset/dataset';
import { checkLanguages, toLanguage } from '../dataset/parse-languages';
import { readDictionary } from '../dataset/read-dictionary';
import { groupDocuments } from './group-documents';
import { type PrepareOptions, prepareSchema } from './prepare-options';
import { type PreparedLanguage, prepareLanguage } from './prepare-language';
import { splitDocuments } from './split-documents';

/**
 * Makes a corpus of raw texts: reads the documents, divides them into training and test, cuts them into words,
 * drops stop words, builds a vocabulary a language from the training documents and counts its words.
 * Documents without any word of the vocabulary are kept and reported in the warnings.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, InvalidOptionError, AbortedError
 */
export async function prepareCorpus(options: PrepareOptions, run: RunOptions = {}): Promise<Dataset> {
  const settings = parseOptions(prepareSchema, options);
  const languages = settings.languages.map(({ code, suffix }) => toLanguage(code, suffix));
  checkLanguages(languages);
  const groups = await groupDocuments(settings.documents, languages);
  const generator = new SeededGenerator(settings.seed);
  const prepared: PreparedLanguage[] = [];
  for (const [index, language] of languages.entries()) {
    const documents = splitDocuments(groups[index]!, settings.testFraction, generator.fork(`split ${language.suffix}`));
    prepared.push(await prepareLanguage(language, documents, settings, run));
  }
  const { name, description, labels, preset } = settings;
  const [first, second] = prepared.map(({ corpus }) => corpus.vocabulary);
  const dictionary = settings.dictionary === undefined ? undefined : await readDictionary(settings.dictionary, [first!, second!]);
  return {
    corpus: {
      name,
      ...(description !== undefined && { description }),
      languages: prepared.map(({ corpus }) => corpus),
      ...(dictionary && { dictionary: dictionary.pairs }),
    },
    descriptor: { name, languages, ...(description !== undefined && { description }), ...(labels && { labels }), ...(preset !== undefined && { preset }) },
    preprocessing: { version: 1, languages: prepared.map(({ preprocessing }) => preprocessing) },
    ...(dictionary && { dictionary: dictionary.report }),
    warnings: prepared.flatMap(({ warnings }) => warnings),
  };
}
