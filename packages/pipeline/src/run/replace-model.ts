import type { Topic, TopicModel } from '@xtm/contracts';
import { RunFolder } from '../run-folder/run-folder';
import { forgetTopicEdits } from '../run-folder/topic-edits';
import { readRunTopics } from '../run-folder/topics';
import { writeTopics } from './write-results';

/** What a person changed of a model, for the record. */
export interface ModelChange {
  /** Anchor words after the change [topics][languages]. */
  readonly anchors?: readonly Topic['words'][];
}

/**
 * Puts an edited model in the place of a run's: saves it and writes its topics. Documents' topics and metrics stay as
 * they were until the run is evaluated again. Where the number of topics changes, people's names and mergers are
 * forgotten, since the numbers that they go by mean other topics now.
 *
 * @throws MissingFileError before the run has finished; RunFolderError while another process has the folder
 */
export async function replaceModel(
  path: string,
  model: TopicModel,
  topWords: number,
  change: ModelChange,
): Promise<void> {
  const folder = RunFolder.open(path);
  try {
    const before = readRunTopics(path).topics.length;
    await model.save(folder.path);
    writeTopics(folder, model, topWords);
    folder.events.append({ type: 'edited', time: new Date().toISOString(), ...change });
    if (model.numTopics !== before) forgetTopicEdits(folder);
  } finally {
    folder.close();
  }
}
