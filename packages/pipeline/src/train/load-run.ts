import { loadInference, type RunComponents } from '../inference/load-inference';
import { readEvaluation } from '../run-folder/metrics';
import type { TopicRunParts } from './topic-run';

/**
 * The parts of a finished run from its folder; a backend must have been chosen.
 *
 * @throws MissingFileError before the run has finished, RunFolderError for what is no run folder, DataFormatError
 */
export async function loadRun(folder: string, components: RunComponents): Promise<TopicRunParts> {
  const { corpus } = components;
  return {
    ...(await loadInference(folder, components)),
    evaluation: readEvaluation(folder),
    ...(corpus && { corpus }),
  };
}
