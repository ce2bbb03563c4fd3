import type { Corpus, CorpusLanguage, DocumentSet, Language, RandomGenerator } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/numeric';

export interface SyntheticCorpusOptions {
  readonly generator: RandomGenerator;
  /** Planted topics; 4 by default. */
  readonly numTopics?: number;
  /** Words of each topic in each language; 6 by default. */
  readonly wordsPerTopic?: number;
  /** Training documents, one number per language; [40, 40] by default. */
  readonly trainDocuments?: readonly number[];
  /** Test documents per language; 8 by default. */
  readonly testDocuments?: number;
  /** Words per document; 20 by default. */
  readonly documentLength?: number;
  /** Share of a document's words that come from any topic; 0.1 by default. */
  readonly noise?: number;
  /** English and simplified Chinese by default; one for each entry of `trainDocuments`. */
  readonly languages?: readonly Language[];
}

const LANGUAGES: readonly Language[] = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];

/**
 * A corpus with planted topics for tests: topic k owns the words `SUFFIX_k_0`, `SUFFIX_k_1`, … of each language,
 * document d is about topic d mod K (its label), and the dictionary pairs the words of the same topic and number.
 */
export function syntheticCorpus(options: SyntheticCorpusOptions): Corpus {
  const {
    numTopics = 4,
    wordsPerTopic = 6,
    trainDocuments = [40, 40],
    testDocuments = 8,
    languages = LANGUAGES,
  } = options;
  const words = numTopics * wordsPerTopic;
  const everyWord = Int32Array.from({ length: words }, (_, index) => index);
  return {
    name: 'synthetic',
    description: 'planted topics',
    languages: languages.map((language, index): CorpusLanguage => ({
      language,
      vocabulary: Array.from(
        everyWord,
        (word) => `${language.suffix}_${Math.floor(word / wordsPerTopic)}_${word % wordsPerTopic}`,
      ),
      train: syntheticDocuments(trainDocuments[index] ?? 40, options),
      test: syntheticDocuments(testDocuments, options),
    })),
    dictionary: { languages: [0, 1], first: everyWord, second: everyWord },
  };
}

function syntheticDocuments(documents: number, options: SyntheticCorpusOptions): DocumentSet {
  const { generator, numTopics = 4, wordsPerTopic = 6, documentLength = 20, noise = 0.1 } = options;
  const rows = Array.from({ length: documents }, (_, document) => {
    const counts = new Map<number, number>();
    for (let position = 0; position < documentLength; position += 1) {
      const topic = generator.uniform() < noise ? generator.integer(numTopics) : document % numTopics;
      const word = topic * wordsPerTopic + generator.integer(wordsPerTopic);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
  });
  return {
    rows: sparseRowsFromMaps(rows, numTopics * wordsPerTopic),
    labels: Array.from({ length: documents }, (_, document) => `topic ${document % numTopics}`),
  };
}
