import type { Corpus, DocumentTopics, RunOptions, Topic, TopicModel } from '@xtm/contracts';
import { classifyTopics, npmi, scoreLanguages, topicUniqueness, trainLinearSvm, trainRbfSvm, type ClassificationData, type ClassificationResult, type TrainClassifier } from '@xtm/metrics';

/** Classifiers that evaluation may train on the inferred means. */
export type ClassifierName = 'linear' | 'rbf';

export interface EvaluationOptions extends RunOptions {
  /** Words of a topic that count; default 15. */
  readonly topWords?: number;
  /** Default both. */
  readonly classifiers?: readonly ClassifierName[];
}

/** A figure that could not be computed, and what it would need. */
export interface LeftOut {
  readonly metric: string;
  readonly reason: string;
}

/** `metrics.json`: languages are keyed by their codes. */
export interface Evaluation {
  readonly model: string;
  readonly numTopics: number;
  readonly topWords: number;
  readonly topicUniqueness: { readonly mean: number; readonly byLanguage: Readonly<Record<string, number>> };
  /** Monolingual, on the test documents. */
  readonly heldOutNpmi?: { readonly byLanguage: Readonly<Record<string, number>> };
  readonly classification: Readonly<Partial<Record<ClassifierName, readonly ClassificationResult[]>>>;
  readonly leftOut: readonly LeftOut[];
}

const CLASSIFIERS: Readonly<Record<ClassifierName, TrainClassifier>> = {
  linear: async (data) => trainLinearSvm(data),
  rbf: (data, run) => trainRbfSvm(data, {}, run),
};

/** Computes every figure that the model and its corpus allow, and says which ones it left out and why. */
export async function evaluateModel(model: TopicModel, corpus: Corpus, options: EvaluationOptions = {}): Promise<Evaluation> {
  const { topWords = 15, classifiers = ['linear', 'rbf'], signal, onProgress } = options;
  const run = { signal, onProgress };
  const topics = model.topics(topWords);
  const byLanguage = (scores: readonly number[]): Record<string, number> => Object.fromEntries(scores.map((score, i) => [model.languages[i]!.code, score]));
  const uniqueness = scoreLanguages(topics, topicUniqueness);
  const coherence = heldOutNpmi(topics, corpus);
  const data = await classificationData(model, corpus, run);
  const classification: Partial<Record<ClassifierName, readonly ClassificationResult[]>> = {};
  if (Array.isArray(data)) for (const name of classifiers) classification[name] = await classifyTopics(data, CLASSIFIERS[name], run);
  return {
    model: model.name,
    numTopics: model.numTopics,
    topWords,
    topicUniqueness: { mean: uniqueness.mean, byLanguage: byLanguage(uniqueness.perLanguage) },
    ...(Array.isArray(coherence) && { heldOutNpmi: { byLanguage: byLanguage(coherence) } }),
    classification,
    leftOut: [coherence, data].flatMap((result) => (Array.isArray(result) ? [] : [result])),
  };
}

function heldOutNpmi(topics: readonly Topic[], corpus: Corpus): number[] | LeftOut {
  const tests = corpus.languages.flatMap(({ test, vocabulary }) => (test === undefined || test.rows.rows === 0 ? [] : [{ rows: test.rows, vocabulary }]));
  if (tests.length < corpus.languages.length) return { metric: 'heldOutNpmi', reason: 'not every language has test documents' };
  return [...scoreLanguages(topics, (words, index) => npmi(words, tests[index]!).mean).perLanguage];
}

async function classificationData(model: TopicModel, corpus: Corpus, run: RunOptions): Promise<ClassificationData[] | LeftOut> {
  const metric = 'classification';
  const data: ClassificationData[] = [];
  for (const [index, { language, train, test }] of corpus.languages.entries()) {
    if (train.labels === undefined || test?.labels === undefined) return { metric, reason: `${language.code} has no labels on training and test documents` };
    if (new Set(train.labels).size < 2) return { metric, reason: `${language.code} has a single label` };
    data.push({
      language,
      train: { features: features(await model.transform(train.rows, index, run)), labels: train.labels },
      test: { features: features(await model.transform(test.rows, index, run)), labels: test.labels },
    });
  }
  return data;
}

/** Classifiers are fed the posterior means where a model has them, as the field's scripts do. */
function features({ means, proportions }: DocumentTopics) {
  return means ?? proportions;
}
