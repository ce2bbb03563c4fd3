import type { DenseMatrix, ModelResources, RandomGenerator } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/data';
import { drawIndex } from './draw-index';

export interface SyntheticCorpusOptions {
  readonly generator: RandomGenerator;
  /** Default 6. */
  readonly numTopics?: number;
  /** Words that only one topic has, in each language; default 10. */
  readonly wordsPerTopic?: number;
  /** Words that all topics share, in each language; default 25. */
  readonly sharedWords?: number;
  /** Documents per language; default 400. */
  readonly documents?: number;
  /** Words per document; default 30. */
  readonly wordsPerDocument?: number;
}

/** A bilingual corpus drawn from known topics. */
export interface SyntheticCorpus {
  readonly resources: Required<Pick<ModelResources, 'corpus' | 'dictionary' | 'documentEmbeddings'>>;
  /** Topic-word probabilities it was drawn from [topics, vocabulary], one per language. */
  readonly topicWord: readonly DenseMatrix[];
  /** Topic proportions of each document [documents, topics], one per language. */
  readonly proportions: readonly DenseMatrix[];
}

const SHARED_WORD_MASS = 0.3;
const MAIN_TOPIC_SHARE = 0.8;
const DIMENSIONS = 16;

/**
 * Documents with one main topic each; topics have words of their own (falling in frequency as 1/rank) and words that
 * all share. The second language has the first one's words in another order; the dictionary links all of them.
 */
export function syntheticCorpus(options: SyntheticCorpusOptions): SyntheticCorpus {
  const { generator, numTopics = 6, documents = 400 } = options;
  const base = baseTopics(options);
  const order = Int32Array.from({ length: base.columns }, (_, word) => word);
  generator.shuffle(order);
  const topicWord = [base, permuteColumns(base, order)];
  const proportions = topicWord.map(() => drawProportions(documents, numTopics, generator));
  const translation = invert(order);
  const dictionary = { languages: [0, 1] as const, first: Int32Array.from(order.keys()), second: translation };
  const languages = topicWord.map((topics, language) => {
    const code = ['en', 'de'][language]!;
    const rows = drawDocuments(topics, proportions[language]!, options);
    return {
      language: { code, suffix: code },
      vocabulary: Array.from({ length: topics.columns }, (_, word) => `${code}${word}`),
      train: { rows },
    };
  });
  const centres = Float64Array.from({ length: numTopics * DIMENSIONS }, () => 3 * generator.normal());
  const documentEmbeddings = proportions.map((shares, language) => embed(shares, centres, language, generator));
  return {
    resources: { corpus: { name: 'synthetic', dictionary, languages }, dictionary, documentEmbeddings },
    topicWord,
    proportions,
  };
}

function baseTopics({ numTopics = 6, wordsPerTopic = 10, sharedWords = 25 }: SyntheticCorpusOptions): DenseMatrix {
  const columns = numTopics * wordsPerTopic + sharedWords;
  const data = new Float32Array(numTopics * columns);
  const harmonic = Array.from({ length: wordsPerTopic }, (_, rank) => 1 / (rank + 1)).reduce(
    (sum, weight) => sum + weight,
    0,
  );
  for (let topic = 0; topic < numTopics; topic++) {
    for (let rank = 0; rank < wordsPerTopic; rank++) {
      data[topic * columns + topic * wordsPerTopic + rank] = (1 - SHARED_WORD_MASS) / ((rank + 1) * harmonic);
    }
    data.fill(SHARED_WORD_MASS / sharedWords, (topic + 1) * columns - sharedWords, (topic + 1) * columns);
  }
  return { rows: numTopics, columns, data };
}

/** Column c of the result is column order[c] of the matrix. */
function permuteColumns({ rows, columns, data }: DenseMatrix, order: Int32Array): DenseMatrix {
  return { rows, columns, data: data.map((_, i) => data[i - (i % columns) + order[i % columns]!]!) };
}

function invert(order: Int32Array): Int32Array {
  const inverse = new Int32Array(order.length);
  order.forEach((target, index) => {
    inverse[target] = index;
  });
  return inverse;
}

function drawProportions(documents: number, numTopics: number, generator: RandomGenerator): DenseMatrix {
  const data = new Float32Array(documents * numTopics).fill((1 - MAIN_TOPIC_SHARE) / numTopics);
  for (let document = 0; document < documents; document++)
    data[document * numTopics + generator.integer(numTopics)]! += MAIN_TOPIC_SHARE;
  return { rows: documents, columns: numTopics, data };
}

function drawDocuments(
  topicWord: DenseMatrix,
  proportions: DenseMatrix,
  { generator, wordsPerDocument = 30 }: SyntheticCorpusOptions,
) {
  const row = (matrix: DenseMatrix, index: number): Float32Array =>
    matrix.data.subarray(index * matrix.columns, (index + 1) * matrix.columns);
  const bags = Array.from({ length: proportions.rows }, (_, document) => {
    const bag = new Map<number, number>();
    for (let token = 0; token < wordsPerDocument; token++) {
      const topic = drawIndex(row(proportions, document), generator);
      const word = drawIndex(row(topicWord, topic), generator);
      bag.set(word, (bag.get(word) ?? 0) + 1);
    }
    return bag;
  });
  return sparseRowsFromMaps(bags, topicWord.columns);
}

/**
 * Mixtures of the topics' centres, with noise, and with a shift in the last dimension that tells the languages apart.
 */
function embed(
  proportions: DenseMatrix,
  centres: Float64Array,
  language: number,
  generator: RandomGenerator,
): DenseMatrix {
  const { rows, columns: numTopics } = proportions;
  const data = new Float32Array(rows * DIMENSIONS);
  for (let i = 0; i < data.length; i++) {
    const document = Math.floor(i / DIMENSIONS);
    const dimension = i % DIMENSIONS;
    data[i] = 0.3 * generator.normal() + (dimension === DIMENSIONS - 1 ? 2 * language : 0);
    for (let topic = 0; topic < numTopics; topic++)
      data[i]! += proportions.data[document * numTopics + topic]! * centres[topic * DIMENSIONS + dimension]!;
  }
  return { rows, columns: DIMENSIONS, data };
}
