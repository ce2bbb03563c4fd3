import type { RandomGenerator, SparseRows } from '@xtm/contracts';
import type { DictionaryLinks } from '../common/fitting';
import { normaliseTopics, topicTotals, type WordTopics, zeroWordTopics } from '../common/word-topics';

/** What fixes the tie between the languages' topics. */
export interface TieSettings {
  readonly weights: TranslationWeights;
  /** λ in [0, 1): share of a word's probability that comes by way of its translations. */
  readonly dictionaryShare: number;
  /** β > 0, added to every weight at each update. */
  readonly wordPrior: number;
}

/** psi of both languages. */
export type TopicWeights = readonly [WordTopics, WordTopics];

const INITIAL_SHAPE = 100;

/** Starting weights psi ~ Gamma(100, 1/100): close to 1, different enough to part the topics. */
export function initialWeights(
  vocabularySizes: readonly [number, number],
  numTopics: number,
  generator: RandomGenerator,
): TopicWeights {
  const draw = (words: number): WordTopics => {
    const weights = zeroWordTopics(words, numTopics);
    for (let i = 0; i < weights.data.length; i++) weights.data[i] = gamma(INITIAL_SHAPE, 1 / INITIAL_SHAPE, generator);
    return weights;
  };
  return [draw(vocabularySizes[0]), draw(vocabularySizes[1])];
}

/**
 * Topic-word probabilities of both languages: phi1 ∝ λ·psi2·A21ᵀ + (1−λ)·psi1 and phi2 likewise, each topic summing
 * to 1 over its language's words (Shi et al. 2016).
 */
export function tiedProbabilities([first, second]: TopicWeights, tie: TieSettings): readonly [WordTopics, WordTopics] {
  const { fromSecond, fromFirst } = tie.weights;
  return [
    normaliseTopics(mix(multiplyWords(fromSecond, second), first, tie.dictionaryShare)),
    normaliseTopics(mix(multiplyWords(fromFirst, first), second, tie.dictionaryShare)),
  ];
}

/**
 * One fixed-point update of psi from the tokens that each topic holds, n1 and n2 (Shi et al. 2016):
 * psi1 ← psi1 ⊙ [(1−λ)·n1/(λ·psi2·A21ᵀ + (1−λ)·psi1) + λ·n2·A12/(λ·Σ(psi1·A12ᵀ) + (1−λ)·Σ psi2)] + β,
 * then psi2 likewise with the new psi1. Sums are over the vocabulary, one per topic.
 */
export function updateWeights([first, second]: TopicWeights, counts: TopicWeights, tie: TieSettings): TopicWeights {
  const { fromSecond, fromFirst } = tie.weights;
  const one = { weights: first, counts: counts[0], translations: fromSecond };
  const other = { weights: second, counts: counts[1], translations: fromFirst };
  const newFirst = updateLanguage(one, other, tie);
  return [newFirst, updateLanguage(other, { ...one, weights: newFirst }, tie)];
}

interface TiedLanguage {
  readonly weights: WordTopics;
  readonly counts: WordTopics;
  /** From the language's words [rows] to the other's [columns]. */
  readonly translations: SparseRows;
}

function updateLanguage(
  own: TiedLanguage,
  other: TiedLanguage,
  { dictionaryShare, wordPrior }: TieSettings,
): WordTopics {
  const mixture = mix(multiplyWords(own.translations, other.weights), own.weights, dictionaryShare);
  const otherTotals = topicTotals(mix(multiplyWords(other.translations, own.weights), other.weights, dictionaryShare));
  const translatedCounts = multiplyWordsTransposed(other.translations, other.counts);
  const updated = zeroWordTopics(own.weights.words, own.weights.topics);
  for (let i = 0; i < updated.data.length; i++) {
    const fromOwnTokens = ((1 - dictionaryShare) * own.counts.data[i]!) / mixture.data[i]!;
    const fromOtherTokens = (dictionaryShare * translatedCounts.data[i]!) / otherTotals[i % updated.topics]!;
    updated.data[i] = own.weights.data[i]! * (fromOwnTokens + fromOtherTokens) + wordPrior;
  }
  return updated;
}

/** λ·translated + (1−λ)·own. */
function mix(translated: WordTopics, own: WordTopics, dictionaryShare: number): WordTopics {
  const out = zeroWordTopics(own.words, own.topics);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = dictionaryShare * translated.data[i]! + (1 - dictionaryShare) * own.data[i]!;
  return out;
}

/** Sparse products with word-topic weights need the matrix both ways round. */
interface TranslationWeights {
  /**
   * A21 [vocabulary 1, vocabulary 2]: how a word of language 1 spreads over its translations; rows sum to 1 or are
   * empty.
   */
  readonly fromSecond: SparseRows;
  /** A12 [vocabulary 2, vocabulary 1], likewise. */
  readonly fromFirst: SparseRows;
}

/**
 * Weights of the dictionary's links in MCTA: a link weighs as much as its target occurs in the target language's
 * corpus, shares of one source word summing to 1 (Shi et al. 2016).
 *
 * `counts` are the words' occurrences [vocabulary], one array per language.
 */
export function translationWeights(
  links: DictionaryLinks,
  counts: readonly [Float64Array, Float64Array],
): TranslationWeights {
  return {
    fromSecond: normalisedLinks(links.first, links.second, counts[0].length, counts[1]),
    fromFirst: normalisedLinks(links.second, links.first, counts[1].length, counts[0]),
  };
}

function normalisedLinks(
  sources: Int32Array,
  targets: Int32Array,
  rows: number,
  targetCounts: Float64Array,
): SparseRows {
  const targetsOf: number[][] = Array.from({ length: rows }, () => []);
  sources.forEach((source, link) => {
    if (targetCounts[targets[link]!]! > 0) targetsOf[source]!.push(targets[link]!);
  });
  const indptr = new Int32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  targetsOf.forEach((linked, source) => {
    const total = linked.reduce((sum, target) => sum + targetCounts[target]!, 0);
    for (const target of linked.sort((a, b) => a - b)) {
      indices.push(target);
      values.push(targetCounts[target]! / total);
    }
    indptr[source + 1] = indices.length;
  });
  return {
    rows,
    columns: targetCounts.length,
    indptr,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** Product of sparse rows [m, n] with weights [n, topics]: [m, topics]. */
function multiplyWords(matrix: SparseRows, weights: WordTopics): WordTopics {
  const out = zeroWordTopics(matrix.rows, weights.topics);
  visit(matrix, (row, column, value) => addScaled(out, row, weights, column, value));
  return out;
}

/** Product of transposed sparse rows [m, n] with weights [m, topics]: [n, topics]. */
function multiplyWordsTransposed(matrix: SparseRows, weights: WordTopics): WordTopics {
  const out = zeroWordTopics(matrix.columns, weights.topics);
  visit(matrix, (row, column, value) => addScaled(out, column, weights, row, value));
  return out;
}

function visit(
  { rows, indptr, indices, values }: SparseRows,
  entry: (row: number, column: number, value: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) entry(row, indices[i]!, values[i]!);
  }
}

function addScaled(out: WordTopics, to: number, source: WordTopics, from: number, factor: number): void {
  const { topics } = out;
  for (let k = 0; k < topics; k++) out.data[to * topics + k]! += factor * source.data[from * topics + k]!;
}

/** A draw from Gamma(shape, scale) for shapes of at least 1 (Marsaglia & Tsang 2000). */
function gamma(shape: number, scale: number, generator: RandomGenerator): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = generator.normal();
    const base = 1 + c * normal;
    if (base <= 0) continue;
    const cube = base * base * base;
    if (Math.log(1 - generator.uniform()) < 0.5 * normal * normal + d - d * cube + d * Math.log(cube))
      return d * cube * scale;
  }
}
