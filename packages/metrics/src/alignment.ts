import { type DenseMatrix, type Embedder, InvalidOptionError, type RunOptions, type WordPairs } from '@xtm/contracts';
import type { TopicPair } from './coherence/count-reference';
import { meanOfKnown, type TopicScores, type TopicWords } from './topic-scores';

/** Translations as words: a word of the first language and one of the second. */
export type Translation = readonly [string, string];

/** Agreement with a dictionary, and how much of the topics the dictionary can judge at all. */
export interface DictionaryAgreement extends TopicScores {
  /** Share of all topic words, of both languages, that the dictionary translates in some way: the bound of `mean`. */
  readonly coverage: number;
}

/** A dictionary's index pairs as words. */
export function translationsOf(
  { first, second }: WordPairs,
  vocabularies: readonly [readonly string[], readonly string[]],
): Translation[] {
  return Array.from(first, (word, pair) => [vocabularies[0][word]!, vocabularies[1][second[pair]!]!] as const);
}

/**
 * Share of a topic's words, of both languages together, that have a dictionary partner among the words of the paired
 * topic in the other language; mean over topics. Needs no reference corpus.
 *
 * In [0, 1]. Words that the dictionary does not know count as without partner: see `coverage`.
 */
export function dictionaryAgreement(
  { first, second }: TopicPair,
  translations: readonly Translation[],
): DictionaryAgreement {
  const forward = partners(translations);
  const backward = partners(translations.map(([left, right]) => [right, left]));
  const perTopic = first.map((words, topic) => {
    const others = second[topic] ?? [];
    return (
      (withPartner(words, others, forward) + withPartner(others, words, backward)) / (words.length + others.length)
    );
  });
  return { perTopic, mean: meanOfKnown(perTopic), coverage: coverageOf(first, second, forward, backward) };
}

type Partners = ReadonlyMap<string, ReadonlySet<string>>;

function partners(translations: readonly Translation[]): Partners {
  const found = new Map<string, Set<string>>();
  for (const [word, partner] of translations) {
    const known = found.get(word);
    if (known === undefined) found.set(word, new Set([partner]));
    else known.add(partner);
  }
  return found;
}

function withPartner(words: readonly string[], others: readonly string[], dictionary: Partners): number {
  return words.filter((word) => others.some((other) => dictionary.get(word)?.has(other))).length;
}

function coverageOf(first: TopicWords, second: TopicWords, forward: Partners, backward: Partners): number {
  const known = [...first.flat().map((word) => forward.has(word)), ...second.flat().map((word) => backward.has(word))];
  return known.filter(Boolean).length / known.length;
}

/** How close paired topics lie in an embedding space common to the languages. */
export interface EmbeddingAlignment extends TopicScores {
  /** Share of topics, in both directions, whose nearest topic of the other language is the paired one. */
  readonly nearestRate: number;
}

/** Vectors [topics, dimensions] of topics: the embedding of each topic's words joined by spaces. */
export function embedTopics(topics: TopicWords, embedder: Embedder, run?: RunOptions): Promise<DenseMatrix> {
  return embedder.embedTexts(topics.map((words) => words.join(' ')), run);
}

/**
 * Cosine of the vectors of paired topics, mean over topics, and how often the nearest topic across the languages is
 * the paired one. Needs no reference corpus. Both matrices are [topics, dimensions], row k of one belonging to row k
 * of the other.
 *
 * Cosines are in [−1, 1]; a zero vector has cosine 0 with everything. The rate of chance is 1 / topics; where several
 * topics are equally near, the paired one must be among them.
 */
export function embeddingAlignment(first: DenseMatrix, second: DenseMatrix): EmbeddingAlignment {
  if (first.rows !== second.rows || first.columns !== second.columns) {
    throw new InvalidOptionError(
      'vectors',
      [second.rows, second.columns],
      `[${second.rows}, ${second.columns}] does not fit [${first.rows}, ${first.columns}]`,
    );
  }
  const cosines = cosineTable(first, second);
  const perTopic = cosines.map((row, topic) => row[topic]!);
  const hits = perTopic.map((paired, topic) => {
    const nearestAcross = Math.max(...cosines[topic]!) === paired;
    const nearestBack = Math.max(...cosines.map((row) => row[topic]!)) === paired;
    return Number(nearestAcross) + Number(nearestBack);
  });
  return { perTopic, mean: meanOfKnown(perTopic), nearestRate: meanOfKnown(hits) / 2 };
}

/** [first.rows][second.rows]. */
function cosineTable(first: DenseMatrix, second: DenseMatrix): number[][] {
  const left = unitRows(first);
  const right = unitRows(second);
  return left.map((x) => right.map((y) => x.reduce((sum, value, column) => sum + value * y[column]!, 0)));
}

function unitRows({ rows, columns, data }: DenseMatrix): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const values = Float64Array.from(data.subarray(row * columns, (row + 1) * columns));
    const norm = Math.hypot(...values);
    return norm === 0 ? values : values.map((value) => value / norm);
  });
}
