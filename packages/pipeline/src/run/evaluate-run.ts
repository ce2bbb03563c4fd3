import type { Corpus, TopicModel } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateModel } from '../evaluation/evaluate-model';
import type { EvaluationOptions } from '../evaluation/evaluation-options';
import { RunFolder } from '../run-folder/run-folder';

/** Evaluates a finished run's model on its corpus and writes `metrics.json` into the run's folder. */
export async function evaluateRun(path: string, model: TopicModel, corpus: Corpus, options: EvaluationOptions = {}): Promise<TopicEvaluation> {
  const folder = RunFolder.open(path);
  try {
    const evaluation = await evaluateModel(model, corpus, options);
    folder.writeJson('metrics.json', evaluation);
    return evaluation;
  } finally {
    folder.close();
  }
}
