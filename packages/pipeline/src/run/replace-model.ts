import type { TopicModel } from '@xtm/contracts';
import { readRunTopics } from '../results/read-run-topics';
import { writeTopics } from '../results/write-results';
import { RunFolder } from '../run-folder/run-folder';
import { NOTHING_EDITED, writeTopicEdits } from '../topic-edits/topic-edits';

/**
 * Puts an edited model in the place of a run's: saves it and writes its topics. Documents' topics and metrics stay as
 * they were until the run is evaluated again. Where the number of topics changes, people's names and mergers are
 * forgotten, since the numbers that they go by mean other topics now.
 *
 * @param change what was changed, for the record
 */
export async function replaceModel(path: string, model: TopicModel, topWords: number, change: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = RunFolder.open(path);
  try {
    const before = readRunTopics(path).topics.length;
    await model.save(folder.path);
    writeTopics(folder, model, topWords);
    folder.events.append({ type: 'edited', time: new Date().toISOString(), ...change });
    if (model.numTopics !== before && folder.has('topicEdits.json')) writeTopicEdits(folder, NOTHING_EDITED);
  } finally {
    folder.close();
  }
}
