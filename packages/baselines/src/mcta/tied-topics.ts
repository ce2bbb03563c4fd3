import type { RandomGenerator, SparseRows } from '@xtm/contracts';
import { normaliseTopics, topicTotals, type WordTopics, zeroWordTopics } from '../common/word-topics';
import { gamma } from './gamma';
import { multiplyWords, multiplyWordsTransposed } from './multiply-words';
import type { TranslationWeights } from './translation-weights';

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
export function initialWeights(vocabularySizes: readonly [number, number], numTopics: number, generator: RandomGenerator): TopicWeights {
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
 * then psi2 likewise with the new psi1. Sums are over the vocabulary, one a topic.
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

function updateLanguage(own: TiedLanguage, other: TiedLanguage, { dictionaryShare, wordPrior }: TieSettings): WordTopics {
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
  for (let i = 0; i < out.data.length; i++) out.data[i] = dictionaryShare * translated.data[i]! + (1 - dictionaryShare) * own.data[i]!;
  return out;
}
