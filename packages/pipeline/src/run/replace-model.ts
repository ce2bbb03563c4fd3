import type { TopicModel } from '@xtm/contracts';
import { writeTopics } from '../results/write-results';
import { RunFolder } from '../run-folder/run-folder';

/**
 * Puts an edited model in the place of a run's: saves it and writes its topics. Documents' topics and metrics stay as
 * they were until the run is evaluated again.
 *
 * @param change what was changed, for the record
 */
export async function replaceModel(path: string, model: TopicModel, topWords: number, change: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = RunFolder.open(path);
  try {
    await model.save(folder.path);
    writeTopics(folder, model, topWords);
    folder.events.append({ type: 'edited', time: new Date().toISOString(), ...change });
  } finally {
    folder.close();
  }
}
