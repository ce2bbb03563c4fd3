import { evaluateTopics, type EvaluationInput, type TopicEvaluation } from '@xtm/metrics';
import type { EvaluationOptions } from './evaluation-options';
import { openReference } from './open-reference';

/** Evaluates an input together with the reference corpus, embedder and chat model that the options bring. */
export async function evaluateInput(input: EvaluationInput, { reference, embedder, chatModel, classifiers, signal, onProgress, ...options }: Omit<EvaluationOptions, 'topWords'>): Promise<TopicEvaluation> {
  const run = { signal, onProgress };
  const references = reference === undefined ? [] : [await openReference(input, reference, options.counting, run)];
  return evaluateTopics({ ...input, references, embedder, chatModel }, { ...options, classifiers: classifiers && [...classifiers] }, run);
}
