import type { Corpus, RunOptions, TopicModel } from '@xtm/contracts';
import type { Preprocessing } from '@xtm/data';
import type { TopicEvaluation } from '@xtm/metrics';
import { evaluateModel } from '../evaluation/evaluate-model';
import type { ClassifierName } from '../evaluation/evaluation-options';
import { settleRunConfig, type RunConfig } from '../run-folder/config';
import { isFinishedRun, readEvaluation, writeEvaluation } from '../run-folder/metrics';
import { RunFolder } from '../run-folder/run-folder';
import { writeRunPreprocessing } from '../run-folder/vocabulary';
import { writeResults } from './write-results';

export interface RunInput extends RunOptions {
  /** The run's folder; made if it is new, resumed if it holds an unfinished run of the same configuration. */
  readonly path: string;
  readonly config: RunConfig;
  readonly corpus: Corpus;
  readonly topWords: number;
  readonly classifiers?: readonly ClassifierName[];
  /** How new texts become bags of words over the corpus' vocabularies, kept for inference. */
  readonly preprocessing?: Preprocessing;
  /** Trains the model; it records epochs and checkpoints in the folder, and resumes from them. */
  readonly train: (folder: RunFolder, options: RunOptions) => Promise<TopicModel>;
}

export interface RunSummary {
  readonly path: string;
  readonly evaluation: TopicEvaluation;
  /** False when the folder held the finished run already, and nothing was done. */
  readonly trained: boolean;
}

/**
 * One run from a corpus to a folder with model, topics, documents' topics and metrics. Run again with the same
 * configuration, it resumes what is unfinished, and does nothing when all is there.
 *
 * @throws ChangedSettingsError when the folder holds a run of another configuration, RunFolderError while another
 *   process has the folder, WriteError where it cannot be written to, and whatever training throws.
 */
export async function executeRun(input: RunInput): Promise<RunSummary> {
  const folder = RunFolder.open(input.path, input.onWarning);
  try {
    settleRunConfig(folder, input.config);
    if (isFinishedRun(folder.path))
      return { path: folder.path, evaluation: readEvaluation(folder.path), trained: false };
    folder.events.append({ type: 'started', time: new Date().toISOString() });
    if (input.preprocessing !== undefined) writeRunPreprocessing(folder, input.preprocessing);
    const evaluation = await trainAndEvaluate(folder, input);
    folder.events.append({ type: 'finished', time: new Date().toISOString() });
    return { path: folder.path, evaluation, trained: true };
  } finally {
    folder.close();
  }
}

async function trainAndEvaluate(
  folder: RunFolder,
  { corpus, topWords, classifiers, train, signal, onProgress, onWarning }: RunInput,
): Promise<TopicEvaluation> {
  const run = { signal, onProgress, onWarning };
  const model = await train(folder, run);
  try {
    await model.save(folder.path);
    await writeResults(folder, model, corpus, topWords, run);
    const evaluation = await evaluateModel(model, corpus, { topWords, classifiers, ...run });
    writeEvaluation(folder, evaluation);
    return evaluation;
  } finally {
    model.dispose();
  }
}
