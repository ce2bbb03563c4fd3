import type { Corpus, TopicModel } from '@xtm/contracts';
import { validationCorpus } from '@xtm/data';
import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateModel } from '../evaluation/evaluate-model';
import type { EvaluationOptions } from '../evaluation/evaluation-options';
import { readRunConfig } from '../run-folder/config';
import { writeEvaluation } from '../run-folder/metrics';
import { RunFolder } from '../run-folder/run-folder';

export interface EvaluateRunOptions extends EvaluationOptions {
  /**
   * For choosing settings: held-out training documents take the place of the test documents (`validationCorpus`).
   * Default false.
   */
  readonly validation?: boolean;
  /** Whether `metrics.json` is written. Default: unless held-out training documents are evaluated. */
  readonly write?: boolean;
}

/**
 * Evaluates a finished run's model on its corpus and writes `metrics.json` into the run's folder. As many words of a
 * topic count as the run said, unless the options say otherwise.
 *
 * @throws MissingFileError, RunFolderError for what is no run folder, and whatever the measures throw.
 */
export async function evaluateRun(
  path: string,
  model: TopicModel,
  corpus: Corpus,
  { validation = false, write = !validation, ...options }: EvaluateRunOptions = {},
): Promise<TopicEvaluation> {
  const folder = RunFolder.open(path);
  try {
    const documents = validation ? validationCorpus(corpus) : corpus;
    const evaluation = await evaluateModel(model, documents, {
      ...options,
      topWords: options.topWords ?? readRunConfig(path).settings.topWords,
    });
    if (write) writeEvaluation(folder, evaluation);
    return evaluation;
  } finally {
    folder.close();
  }
}
