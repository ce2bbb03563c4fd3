import type {
  Corpus,
  CorpusLanguage,
  DenseMatrix,
  ModelResources,
  RandomGenerator,
  WordPairs,
} from '@xtm/contracts';
import { rowsFromDense } from './rows';
import { centroids, documentEmbeddings, wordEmbeddings } from './synthetic-embeddings';
import { syntheticVocabularies, type SyntheticVocabulary } from './synthetic-vocabulary';
import { zipfDraw } from './zipf';

export interface SyntheticCorpusOptions {
  readonly generator: RandomGenerator;
  /** Default 5. */
  readonly numTopics?: number;
  /** Words that belong to a topic, in each language; default 10. */
  readonly wordsPerTopic?: number;
  /** Words without a topic, one count per language; default 30 and 23. */
  readonly noiseWords?: readonly [number, number];
  /** Training documents, one count per language; default 240 and 160. */
  readonly documents?: readonly [number, number];
  /** Mean number of words per document; default 24. */
  readonly wordsPerDocument?: number;
  /** Share of a document's words that are noise; default 0.3. */
  readonly noiseShare?: number;
  /** Share of the documents that are about each topic, one list per language; default equal shares. */
  readonly topicShares?: readonly [readonly number[], readonly number[]];
  /** Dimensions of the embeddings; default 16. */
  readonly dimensions?: number;
}

/** A bilingual corpus whose topics are known, with everything that any backbone may need. */
export interface SyntheticCorpus {
  readonly resources: Required<ModelResources>;
  /** The words of each topic, heaviest first: one list of topics per language. */
  readonly topicWords: readonly (readonly Int32Array[])[];
}

/** Share of a document's topical words that come from its main topic; the others from any topic. */
const MAIN_TOPIC_SHARE = 0.85;

/**
 * Documents about one main topic each, drawn with words of falling frequency (Zipf) from the topic's own words and
 * from noise words that all topics share. Languages differ in vocabulary, in the places of translations and in size.
 * The dictionary links each topic word and as many noise words as both languages have.
 */
export function syntheticCorpus(options: SyntheticCorpusOptions): SyntheticCorpus {
  const { generator, numTopics = 5, wordsPerTopic = 10, noiseWords = [30, 23], dimensions = 16 } = options;
  const vocabularies = syntheticVocabularies({
    numTopics,
    wordsPerTopic,
    noiseWords,
    generator: generator.fork('vocabulary'),
  });
  const sets = vocabularies.map((vocabulary, language) => writeDocuments(vocabulary, language, options));
  const shared = centroids(numTopics, dimensions, generator.fork('centroids'));
  const words = vocabularies.map((vocabulary, l) => wordEmbeddings(vocabulary, shared, generator.fork(`words ${l}`)));
  const dictionary = linkVocabularies(vocabularies);
  const corpus: Corpus = {
    name: 'synthetic',
    dictionary,
    languages: vocabularies.map((vocabulary, l) => describe(vocabulary, l, sets[l]!)),
  };
  return {
    resources: {
      corpus,
      dictionary,
      wordVectors: vocabularies.map((vocabulary, l) =>
        wordEmbeddings(
          vocabulary,
          centroids(numTopics, dimensions, generator.fork(`monolingual ${l}`)),
          generator.fork(`vectors ${l}`),
        ),
      ),
      wordEmbeddings: words,
      documentEmbeddings: sets.map(({ counts }, l) =>
        documentEmbeddings(counts, words[l]!, generator.fork(`documents ${l}`)),
      ),
      clusters: sets.map(({ mainTopics }) => mainTopics),
    },
    topicWords: vocabularies.map(({ topicWords }) => topicWords),
  };
}

interface WrittenDocuments {
  /** [documents, vocabulary]. */
  readonly counts: DenseMatrix;
  /** [documents]. */
  readonly mainTopics: Int32Array;
}

function writeDocuments(
  vocabulary: SyntheticVocabulary,
  language: number,
  options: SyntheticCorpusOptions,
): WrittenDocuments {
  const { documents = [240, 160], wordsPerDocument = 24, noiseShare = 0.3, topicShares } = options;
  const generator = options.generator.fork(`bags of words ${language}`);
  const { size, topicWords, noiseWords } = vocabulary;
  const rows = documents[language]!;
  const counts = new Float32Array(rows * size);
  const drawTopic = () =>
    topicShares === undefined ? generator.integer(topicWords.length) : drawByShare(topicShares[language]!, generator);
  const mainTopics = Int32Array.from({ length: rows }, drawTopic);
  for (let document = 0; document < rows; document++) {
    const length = wordsPerDocument / 2 + generator.integer(wordsPerDocument + 1);
    for (let i = 0; i < length; i++) {
      const topic =
        generator.uniform() < MAIN_TOPIC_SHARE ? mainTopics[document]! : generator.integer(topicWords.length);
      const words = generator.uniform() < noiseShare ? noiseWords : topicWords[topic]!;
      counts[document * size + words[zipfDraw(words.length, generator)]!]!++;
    }
  }
  return { counts: { rows, columns: size, data: counts }, mainTopics };
}

function drawByShare(shares: readonly number[], generator: RandomGenerator): number {
  let left = generator.uniform();
  const drawn = shares.findIndex((share) => (left -= share) < 0);
  return drawn < 0 ? shares.length - 1 : drawn;
}

function describe(vocabulary: SyntheticVocabulary, language: number, { counts }: WrittenDocuments): CorpusLanguage {
  const code = ['en', 'de'][language]!;
  return {
    language: { code, suffix: code },
    vocabulary: Array.from({ length: vocabulary.size }, (_, word) => `${code}${word}`),
    train: { rows: rowsFromDense(counts.data, counts.rows, counts.columns) },
  };
}

function linkVocabularies([first, second]: readonly SyntheticVocabulary[]): WordPairs {
  const words = (vocabulary: SyntheticVocabulary): number[] => [
    ...vocabulary.topicWords.flatMap((topic) => [...topic]),
    ...vocabulary.noiseWords,
  ];
  const targets = words(second!);
  const pairs = words(first!).slice(0, targets.length).map((word, i) => [word, targets[i]!] as const);
  pairs.sort(([a], [b]) => a - b);
  return {
    languages: [0, 1],
    first: Int32Array.from(pairs, ([word]) => word),
    second: Int32Array.from(pairs, ([, word]) => word),
  };
}
