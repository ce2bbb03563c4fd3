import { findBackbone } from '@xtm/backbones';
import type { Normalisation } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import { useBackend } from '@xtm/tensor';
import { renormaliseModel } from '../model/saved-model';
import { openRun } from '../train/open-run';
import { evaluateRun, type EvaluateRunOptions } from './evaluate-run';
import { loadRunCorpus, type MovedPaths } from './run-corpus';

export interface EvaluateRunFolderOptions extends EvaluateRunOptions {
  /** Where the run's data are now, if they moved. */
  readonly moved?: MovedPaths;
  /** Infers by other statistics than the run does, with the same weights; nothing is written then. */
  readonly normalisation?: Normalisation;
}

/**
 * Evaluates a finished run with its model and corpus, and writes its `metrics.json` anew.
 *
 * @throws MissingFileError, RunFolderError
 */
export async function evaluateRunFolder(run: string, options: EvaluateRunFolderOptions = {}): Promise<TopicEvaluation> {
  const { moved, normalisation, ...evaluation } = options;
  const corpus = await loadRunCorpus(run, moved);
  if (normalisation === undefined) {
    const opened = await openRun(run, { corpus });
    try {
      return await evaluateRun(run, opened.model, corpus, evaluation);
    } finally {
      opened.dispose();
    }
  }
  await useBackend('auto');
  const model = await renormaliseModel(run, findBackbone, corpus, normalisation, evaluation);
  try {
    return await evaluateRun(run, model, corpus, { ...evaluation, write: false });
  } finally {
    model.dispose();
  }
}
