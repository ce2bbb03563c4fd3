import { findBackbone } from '@xtm/backbones';
import type { Normalisation } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateRun, renormaliseModel, type EvaluateRunOptions } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';
import { loadRunCorpus, type MovedPaths } from './load-run-corpus';
import { loadRunModel } from './load-run-model';

/**
 * Evaluates a finished run with its model and corpus, and writes its `metrics.json` anew.
 *
 * @param normalisation infers by other statistics than the run does; nothing is written then
 */
export async function evaluateRunFolder(run: string, moved: MovedPaths, options: EvaluateRunOptions, normalisation?: Normalisation): Promise<TopicEvaluation> {
  const corpus = await loadRunCorpus(run, moved);
  await useBackend('auto');
  const model = await (normalisation === undefined ? loadRunModel(run, corpus) : renormaliseModel(run, findBackbone, corpus, normalisation, options));
  try {
    return await evaluateRun(run, model, corpus, { ...options, ...(normalisation !== undefined && { write: false }) });
  } finally {
    model.dispose();
  }
}
