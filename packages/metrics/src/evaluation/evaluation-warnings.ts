import type { Measures } from './measure';

/** A sign that a model's topics say little about its documents, whatever its other figures are. */
export interface EvaluationWarning {
  readonly kind: 'fewEffectiveTopics' | 'largeMainTopic' | 'uninformativeProportions';
  /** Code of the language that it is about. */
  readonly language: string;
  readonly value: number;
  /** What the value should have been on the other side of. */
  readonly limit: number;
  /** The facts in one sentence for people. */
  readonly message: string;
}

/** Standard deviations of the floor that document completion has to be above it. */
const CLEAR_OF_FLOOR = 3;

/**
 * What is striking in how documents spread over topics, language by language:
 *
 * - fewer effective topics than half of the topics;
 * - a main topic that more than half of the documents share (with fewer than four topics: more than twice an equal share);
 * - proportions that predict a document's unseen words no better than the unigram model, or not clearly better than
 *   another document's proportions do: three standard deviations of the permuted figure.
 */
export function evaluationWarnings({ topicShares, documentCompletion }: Partial<Measures>, numTopics: number, languages: readonly string[]): EvaluationWarning[] {
  return languages.flatMap((language, index) => [
    ...effectiveTopics(language, topicShares?.perLanguage[index]?.effective, numTopics),
    ...mainTopic(language, topicShares?.perLanguage[index]?.largestMainTopic, numTopics),
    ...completion(language, documentCompletion?.perLanguage[index]),
  ]);
}

function effectiveTopics(language: string, value: number | undefined, numTopics: number): EvaluationWarning[] {
  const limit = numTopics / 2;
  if (value === undefined || !(value < limit)) return [];
  return [{ kind: 'fewEffectiveTopics', language, value, limit, message: `In ${language} the documents use ${value.toFixed(1)} effective topics of ${numTopics}, fewer than half.` }];
}

function mainTopic(language: string, value: number | undefined, numTopics: number): EvaluationWarning[] {
  const limit = Math.max(1 / 2, 2 / numTopics);
  if (value === undefined || !(value > limit)) return [];
  return [{ kind: 'largeMainTopic', language, value, limit, message: `In ${language} ${Math.round(100 * value)} % of the documents have the same main topic.` }];
}

function completion(language: string, score: Measures['documentCompletion']['perLanguage'][number] | undefined): EvaluationWarning[] {
  if (score === undefined) return [];
  const { value, floor, floorDeviation } = score;
  const limit = Math.max(0, floor + CLEAR_OF_FLOOR * floorDeviation);
  if (!(value <= limit)) return [];
  const comparison = value <= 0 ? 'no better than the frequencies of words in the training documents do' : "not clearly better than another document's proportions do";
  return [{ kind: 'uninformativeProportions', language, value, limit, message: `In ${language} topic proportions predict a document's unseen words ${comparison} (${value.toFixed(3)} nats per word).` }];
}
