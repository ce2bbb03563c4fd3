import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateRun, type EvaluateRunOptions } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';
import { loadRunCorpus, type MovedPaths } from './load-run-corpus';
import { loadRunModel } from './load-run-model';

/** Evaluates a finished run with its model and corpus, and writes its `metrics.json` anew. */
export async function evaluateRunFolder(run: string, moved: MovedPaths, options: EvaluateRunOptions): Promise<TopicEvaluation> {
  const corpus = await loadRunCorpus(run, moved);
  await useBackend('auto');
  const model = await loadRunModel(run, corpus);
  try {
    return await evaluateRun(run, model, corpus, options);
  } finally {
    model.dispose();
  }
}
