import { z } from 'zod';
import {
  type DenseMatrix,
  InvalidOptionError,
  parseOptions,
  type RandomGenerator,
  type SparseRows,
  type Topic,
  type WordPairs,
} from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { DocumentCooccurrence, WordSpace } from './word-space';

/** How words are scored; help and documentation are made of it. */
export const corpusRefinerSchema = z.strictObject({
  topWords: z.number().int().positive().default(50).describe(
    'top words per language and topic that are candidates',
  ),
  neighbours: z.number().int().nonnegative().default(5).describe(
    'nearest words in each language that a top word brings as candidates',
  ),
  temperature: z.number().nonnegative().default(0.3).describe(
    "strength of the noise that tells rounds apart, in standard deviations of the candidates' scores",
  ),
  cooccurrenceWeight: z.number().nonnegative().default(1).describe(
    "weight of co-occurrence with the topic's words",
  ),
  fitWeight: z.number().nonnegative().default(1).describe("weight of closeness to the topic's centroid"),
  rarityWeight: z.number().nonnegative().default(0.75).describe('weight of being rare in other topics'),
});

export type CorpusRefinerSettings = z.input<typeof corpusRefinerSchema>;
export type ResolvedCorpusRefinerSettings = z.output<typeof corpusRefinerSchema>;

/** What the corpus refiner works from. Arrays have one entry per language. */
export interface CorpusRefinerResources {
  readonly vocabularies: readonly (readonly string[])[];
  /** Bags of words of training documents [documents, vocabulary]; test documents have no place here. */
  readonly trainRows: readonly SparseRows[];
  /** Word embeddings in one space for all languages [vocabulary, dimensions]. */
  readonly wordEmbeddings: readonly DenseMatrix[];
  /** Translation pairs. Default none. */
  readonly dictionary?: WordPairs;
  readonly generator: RandomGenerator;
}

export interface CorpusRefinerOptions extends CorpusRefinerResources, CorpusRefinerSettings {}

/** Fills in defaults. Throws `InvalidOptionError`, also when resources do not fit one another. */
export function resolveCorpusRefinerOptions({
  vocabularies,
  trainRows,
  wordEmbeddings,
  dictionary,
  generator,
  ...settings
}: CorpusRefinerOptions) {
  const resolved = parseOptions(corpusRefinerSchema, settings);
  const sizes = vocabularies.map(({ length }) => length);
  requireSizes(
    'trainRows',
    trainRows.map(({ columns }) => columns),
    sizes,
  );
  requireSizes(
    'wordEmbeddings',
    wordEmbeddings.map(({ rows }) => rows),
    sizes,
  );
  return {
    resources: {
      vocabularies,
      trainRows,
      wordEmbeddings,
      generator,
      ...(dictionary === undefined ? {} : { dictionary }),
    },
    settings: resolved,
  };
}

function requireSizes(option: string, found: readonly number[], sizes: readonly number[]): void {
  if (found.join() !== sizes.join())
    throw new InvalidOptionError(option, found, `must fit the vocabularies of ${sizes.join(' and ')} words`);
}

/** Dictionary partners by word, for both directions of each pair of languages. */
export type Partners = (languageIndex: number, word: number, targetLanguage: number) => readonly number[];

export function partnersOf(dictionary: WordPairs | undefined): Partners {
  const lists = new Map<string, number[]>();
  const add = (from: number, word: number, to: number, partner: number): void => {
    const key = `${from} ${word} ${to}`;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [partner]);
    else list.push(partner);
  };
  dictionary?.first.forEach((word, pair) => {
    const [one, other] = dictionary.languages;
    add(one, word, other, dictionary.second[pair]!);
    add(other, dictionary.second[pair]!, one, word);
  });
  return (languageIndex, word, targetLanguage) => lists.get(`${languageIndex} ${word} ${targetLanguage}`) ?? [];
}

/** Words of a topic as positions in the vocabularies, one list per language. */
export type TopicSeeds = readonly Int32Array[];

/**
 * Words that a refined topic may have, one list per language, each word once: the topic's heaviest words, the
 * dictionary partners of those of the other languages, and the nearest words to its top words.
 */
export function candidatesOf(
  topic: Topic,
  seeds: TopicSeeds,
  weights: TopicWeights,
  partners: Partners,
  space: WordSpace,
  settings: ResolvedCorpusRefinerSettings,
): Int32Array[] {
  const heaviest = seeds.map((_, languageIndex) => weights.top(topic, languageIndex, settings.topWords));
  return seeds.map((_, target) => {
    const found = new Set<number>([...seeds[target]!, ...heaviest[target]!]);
    heaviest.forEach((words, languageIndex) => {
      for (const word of words) for (const partner of partners(languageIndex, word, target)) found.add(partner);
    });
    seeds.forEach((words, languageIndex) => {
      for (const near of space.nearest(languageIndex, words, target, settings.neighbours))
        for (const word of near) found.add(word);
    });
    return Int32Array.from(found);
  });
}

/** Candidates of one topic in one language and how well they suit it. */
export interface ScoredWords {
  readonly words: Int32Array;
  /** Mean 0 and standard deviation 1 over the candidates, unless all are equal. */
  readonly scores: Float64Array;
}

export interface ScoringContext {
  readonly cooccurrence: readonly DocumentCooccurrence[];
  readonly space: WordSpace;
  readonly weights: TopicWeights;
  readonly settings: ResolvedCorpusRefinerSettings;
}

/** Words per language that stand for the topic in the second pass. */
const CORE_WORDS = 10;

/**
 * Scores the candidates of a topic by the company they keep in training documents, their fit to the topic's
 * cross-lingual centroid, and their rarity in other topics. The topic's top words hold noise, so they serve a first
 * pass only; the best of it are the topic in a second.
 */
export function scoreCandidates(
  topic: Topic,
  seeds: TopicSeeds,
  candidates: readonly Int32Array[],
  context: ScoringContext,
): ScoredWords[] {
  const first = scoreAgainst(topic, seeds, candidates, context);
  const core = first.map(({ words, scores }) => topK(scores, CORE_WORDS).indices.map((position) => words[position]!));
  return scoreAgainst(topic, core, candidates, context);
}

function scoreAgainst(
  topic: Topic,
  core: TopicSeeds,
  candidates: readonly Int32Array[],
  { cooccurrence, space, weights, settings }: ScoringContext,
): ScoredWords[] {
  const centroid = space.centroid(core);
  return candidates.map((words, languageIndex) => {
    const company = standardise(cooccurrence[languageIndex]!.meanAssociation(words, core[languageIndex]!));
    const fit = standardise(space.cosines(languageIndex, words, centroid));
    const rarity = standardise(weights.shares(topic, languageIndex, words));
    const total = company.map(
      (value, position) =>
        settings.cooccurrenceWeight * value +
        settings.fitWeight * fit[position]! +
        settings.rarityWeight * rarity[position]!,
    );
    return { words, scores: standardise(total) };
  });
}

function standardise(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1));
  return values.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
}

/** Which words are how heavy in a topic, from all its probabilities where they are known, else from its top words. */
interface TopicWeights {
  /** The heaviest words of the topic in a language, heaviest first. */
  top(topic: Topic, languageIndex: number, count: number): Int32Array;
  /** Share of each word's weight over all topics that lies in this one, from 0 to 1. */
  shares(topic: Topic, languageIndex: number, words: Int32Array): Float64Array;
}

/** From topic-word probabilities [topics, vocabulary], one matrix per language. */
export function weightsOfProbabilities(topicWord: readonly DenseMatrix[]): TopicWeights {
  const totals = topicWord.map(columnSums);
  return {
    top: ({ index }, languageIndex, count) => topK(rowOf(topicWord[languageIndex]!, index), count).indices,
    shares: ({ index }, languageIndex, words) => {
      const row = rowOf(topicWord[languageIndex]!, index);
      return Float64Array.from(words, (word) => row[word]! / (totals[languageIndex]![word]! || 1));
    },
  };
}

/**
 * From the topics' top words alone, each counting the same in every topic that lists it; a word that none lists has a
 * half.
 */
export function weightsOfTopWords(
  topics: readonly Topic[],
  positions: readonly ReadonlyMap<string, number>[],
): TopicWeights {
  const indicesOf = ({ words }: Topic, languageIndex: number): number[] =>
    (words[languageIndex] ?? []).flatMap((word) => positions[languageIndex]!.get(word) ?? []);
  const listings = positions.map((_, languageIndex) => {
    const counts = new Map<number, number>();
    for (const topic of topics)
      for (const index of indicesOf(topic, languageIndex)) counts.set(index, (counts.get(index) ?? 0) + 1);
    return counts;
  });
  return {
    top: (topic, languageIndex, count) => Int32Array.from(indicesOf(topic, languageIndex).slice(0, count)),
    shares: (topic, languageIndex, words) => {
      const own = new Set(indicesOf(topic, languageIndex));
      return Float64Array.from(
        words,
        (word) => ((own.has(word) ? 1 : 0) + 0.5) / ((listings[languageIndex]!.get(word) ?? 0) + 1),
      );
    },
  };
}

function rowOf({ columns, data }: DenseMatrix, row: number): Float32Array {
  return data.subarray(row * columns, (row + 1) * columns);
}

function columnSums({ rows, columns, data }: DenseMatrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) sums[column]! += data[row * columns + column]!;
  }
  return sums;
}
