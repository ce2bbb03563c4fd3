import { InvalidOptionError, type Corpus, type Language, type Topic, type WordPairs } from '@xtm/contracts';
import { findLanguage, loadDataset, parseLanguages, readDictionary } from '@xtm/data';
import { readTopics, wordsOfLanguage, type EvaluatedLanguage, type TopicEvaluation } from '@xtm/metrics';
import { evaluateInput } from './evaluate-input';
import type { EvaluationOptions } from './evaluation-options';

/** Topics of one language that some tool wrote: T15 text, JSON or OCTIS output. */
export interface TopicFile {
  readonly path: string;
  readonly language: Language;
}

export interface TopicFilesOptions extends EvaluationOptions {
  /** What the topics are of: its test documents, vocabularies and dictionary allow more measures. */
  readonly corpus?: Corpus;
  /** The folder of that corpus, where it is not loaded yet. */
  readonly dataset?: string;
  /** Languages of the folder, as `parseLanguages` reads them, where it does not say. */
  readonly languages?: string;
  /** Dictionary file, in place of the folder's own or where there is no corpus. */
  readonly dictionary?: string;
}

/**
 * Evaluates topics that other tools wrote, one file a language, with the measures that need no model.
 *
 * @throws InvalidOptionError for files with different numbers of topics, or other languages than the corpus'.
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, and what the measures throw.
 */
export async function evaluateTopicFiles(
  files: readonly TopicFile[],
  { corpus: loaded, dataset, languages: named, dictionary, topWords = 15, ...options }: TopicFilesOptions = {},
): Promise<TopicEvaluation> {
  const corpus = loaded ?? (dataset === undefined ? undefined : await loadCorpus(dataset, named, dictionary));
  const ordered = corpus === undefined ? files : orderAsCorpus(files, corpus);
  const topics = (await readTopics(ordered.map(({ path }) => path))).map((topic) => cutTopic(topic, topWords));
  const languages = corpus === undefined ? listedLanguages(ordered, topics) : corpusLanguages(corpus);
  const pairs = corpus?.dictionary ?? (dictionary === undefined ? undefined : await readPairs(dictionary, languages));
  return evaluateInput({ topics, languages, dictionaries: pairs && [pairs] }, corpus, options);
}

async function loadCorpus(dataset: string, languages?: string, dictionary?: string): Promise<Corpus> {
  const { corpus } = await loadDataset(dataset, {
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
    ...(dictionary !== undefined && { dictionary }),
  });
  return corpus;
}

function orderAsCorpus(files: readonly TopicFile[], corpus: Corpus): TopicFile[] {
  const fitting = corpus.languages.map(({ language }) =>
    files.filter(({ language: ofFile }) => findLanguage([language], ofFile.code) === 0),
  );
  if (files.length !== fitting.length || fitting.some((list) => list.length !== 1)) {
    throw new InvalidOptionError(
      'topics',
      files.map(({ path }) => path),
      `needs one file for each of ${corpus.languages.map(({ language }) => language.code).join(', ')}`,
      {
        advice: 'Say which language a file is in, for example en=topics.txt.',
      },
    );
  }
  return fitting.flat();
}

function cutTopic({ index, words }: Topic, topWords: number): Topic {
  return { index, words: words.map((list) => list.slice(0, topWords)) };
}

/** The words that topics list are all of the vocabulary that can be known. */
function listedLanguages(files: readonly TopicFile[], topics: readonly Topic[]): EvaluatedLanguage[] {
  return files.map(({ language }, index) => ({
    language,
    vocabulary: [...new Set(wordsOfLanguage(topics, index).flat())],
  }));
}

function corpusLanguages({ languages }: Corpus): EvaluatedLanguage[] {
  return languages.map(({ language, vocabulary, test }) => ({
    language,
    vocabulary,
    test: test && { rows: test.rows, labels: test.labels },
  }));
}

async function readPairs(file: string, languages: readonly EvaluatedLanguage[]): Promise<WordPairs> {
  const [first, second] = languages;
  if (first?.vocabulary === undefined || second?.vocabulary === undefined)
    throw new InvalidOptionError('dictionary', file, 'needs topics in two languages');
  return (await readDictionary(file, [first.vocabulary, second.vocabulary])).pairs;
}
