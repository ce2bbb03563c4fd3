import {
  type CorpusLanguage,
  type DocumentSet,
  EmptyCorpusError,
  type Language,
  type RunOptions,
} from '@xtm/contracts';
import { type CommonWords, type DataWarning, emptyDocumentsWarning } from '../dataset/dataset';
import { findLanguage } from '../dataset/languages';
import type { RawDocument } from '../documents/raw-document';
import { emptyRows } from '../sparse/sparse-rows';
import { defaultMaxDocumentFrequency, selectWords } from '../words/build-vocabulary';
import type { LanguagePreprocessing } from '../words/preprocessing';
import { bestSegmenter, resolveSegmenter } from '../words/segmenter';
import { readStopWords, standardStopWords, type StopWordList } from '../words/stop-words';
import { wordNormaliser } from '../words/tokenizer';
import { countWords, createWordsOf, tokenizeTexts } from '../words/vectorize';
import type { SplitDocuments } from './group-documents';
import type { ResolvedPrepareOptions } from './prepare-options';

const COMMON_WORDS_SHOWN = 10;

export interface PreparedLanguage {
  readonly corpus: CorpusLanguage;
  readonly preprocessing: LanguagePreprocessing;
  readonly commonWords: CommonWords;
  readonly warnings: readonly DataWarning[];
}

/** Cuts the documents of one language into words, builds the vocabulary from the training ones, and counts. */
export async function prepareLanguage(
  language: Language,
  documents: SplitDocuments,
  options: ResolvedPrepareOptions,
  run: RunOptions,
): Promise<PreparedLanguage> {
  if (documents.train.length === 0)
    throw new EmptyCorpusError(`there are no training documents in ${language.code}`, { language: language.code });
  const preprocessing = await preprocessingOf(language, options);
  const wordsOf = await createWordsOf(preprocessing);
  const train = await tokenizeTexts(documents.train.map(({ text }) => text), wordsOf, run);
  const test = await tokenizeTexts(documents.test.map(({ text }) => text), wordsOf, run);
  const { minDocumentFrequency, vocabularySize } = options;
  const maxDocumentFrequency =
    options.maxDocumentFrequency ?? defaultMaxDocumentFrequency(preprocessing.stopWords.length > 0);
  const keepWords = options.keepWords.map(wordNormaliser(language.code, options.lowerCase));
  const { vocabulary, tooCommon } = selectWords(train, {
    minDocumentFrequency,
    maxDocumentFrequency,
    vocabularySize,
    keepWords,
  });
  if (vocabulary.length === 0) {
    throw new EmptyCorpusError(
      `no word of ${language.code} occurs in ${minDocumentFrequency} or more of ${train.length} documents`,
      {
        language: language.code,
        advice: 'Lower minDocumentFrequency, raise maxDocumentFrequency, or add documents.',
      },
    );
  }
  const trainSet = documentSet(documents.train, train, vocabulary, options.labels);
  const testSet = documentSet(documents.test, test, vocabulary, options.labels);
  const places = [...emptyPlaces(documents.train, trainSet), ...emptyPlaces(documents.test, testSet)];
  const warnings = [missingSegmenterWarning(language, options), emptyDocumentsWarning(language, places)];
  return {
    corpus: { language, vocabulary, train: trainSet, ...(documents.test.length > 0 && { test: testSet }) },
    preprocessing,
    commonWords: { maxDocumentFrequency, count: tooCommon.length, words: tooCommon.slice(0, COMMON_WORDS_SHOWN) },
    warnings: warnings.filter((warning) => warning !== undefined),
  };
}

async function preprocessingOf(language: Language, options: ResolvedPrepareOptions): Promise<LanguagePreprocessing> {
  const { lowerCase, numbers, minWordLength } = options;
  const listed = [...standardStopWords(language.code, stopWordListOf(language, options))];
  for (const [name, file] of Object.entries(options.stopWordFiles)) {
    if (findLanguage([language], name) === 0) listed.push(...(await readStopWords(file)));
  }
  const normalise = wordNormaliser(language.code, lowerCase);
  const stopWords = new Set(listed.map(normalise));
  for (const word of ['', ...options.keepWords.map(normalise)]) stopWords.delete(word);
  const segmenter = resolveSegmenter(language.code, options.segmenter);
  return { language, segmenter, lowerCase, numbers, minWordLength, stopWords: [...stopWords].sort() };
}

function stopWordListOf(language: Language, { stopWords }: ResolvedPrepareOptions): StopWordList {
  if (typeof stopWords === 'string') return stopWords;
  return Object.entries(stopWords).find(([name]) => findLanguage([language], name) === 0)?.[1] ?? 'moderate';
}

function documentSet(
  documents: readonly RawDocument[],
  words: readonly (readonly string[])[],
  vocabulary: readonly string[],
  labelNames: Readonly<Record<string, string>> = {},
): DocumentSet {
  const [first] = documents;
  return {
    rows: countWords(words, vocabulary),
    texts: documents.map(({ text }) => text),
    ...(first?.id !== undefined && { ids: documents.map(({ id }) => id!) }),
    ...(first?.label !== undefined && { labels: documents.map(({ label }) => labelNames[label!] ?? label!) }),
    ...(documents.some(({ metadata }) => Object.keys(metadata).length > 0) && {
      metadata: documents.map(({ metadata }) => metadata),
    }),
  };
}

function emptyPlaces(documents: readonly RawDocument[], { rows }: DocumentSet): string[] {
  return emptyRows(rows).map((row) => {
    const { file, line } = documents[row]!.place;
    return line === undefined ? file : `${file}:${line}`;
  });
}

function missingSegmenterWarning(language: Language, { segmenter }: ResolvedPrepareOptions): DataWarning | undefined {
  const best = bestSegmenter(language.code);
  if (segmenter !== 'auto' || resolveSegmenter(language.code, segmenter) === best) return undefined;
  const message = `${language.code}: ${best} is not installed, so words are cut by Intl.Segmenter, which does it ` +
    'less well';
  return { kind: 'missingSegmenter', message, language, count: 1, places: [] };
}
