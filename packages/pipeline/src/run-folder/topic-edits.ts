import { join } from 'node:path';
import { z } from 'zod';
import type { TopicEdits } from './events';
import { hasRunFile, readRunJson, writeRunJson } from './run-file';
import { RunFolder } from './run-folder';

export type { TopicEdits };

/** Topics as they were trained. */
export const NOTHING_EDITED: TopicEdits = { names: {}, merged: [], hidden: [] };

const FILE = 'topicEdits.json';

const topic = z.int().nonnegative();

const schema = z.strictObject({
  names: z.record(z.string().regex(/^\d+$/), z.string()).default({}),
  merged: z.array(z.array(topic).min(2)).default([]),
  hidden: z.array(topic).default([]),
});

/**
 * The edits of a run's topics; none where nobody edited them. Throws `RunFolderError` if the file is not what xtm
 * writes.
 */
export function readTopicEdits(folder: string): TopicEdits {
  if (!hasRunFile(folder, FILE)) return NOTHING_EDITED;
  return readRunJson(folder, FILE, schema, `Mend ${join(folder, FILE)}, or delete it.`);
}

/**
 * Changes the edits of a run's topics, under the folder's lock; the event log keeps them.
 *
 * @param change what the new edits are; throws to leave all as it was
 * @throws RunFolderError while another process has the folder
 */
export function editTopics(path: string, change: (edits: TopicEdits) => TopicEdits): TopicEdits {
  const folder = RunFolder.open(path);
  try {
    const edits = change(readTopicEdits(path));
    writeTopicEdits(folder, edits);
    return edits;
  } finally {
    folder.close();
  }
}

/** Forgets all edits, where there are any. */
export function forgetTopicEdits(folder: RunFolder): void {
  if (hasRunFile(folder.path, FILE)) writeTopicEdits(folder, NOTHING_EDITED);
}

function writeTopicEdits(folder: RunFolder, edits: TopicEdits): void {
  writeRunJson(folder, FILE, edits);
  folder.events.append({ type: 'topicsEdited', time: new Date().toISOString(), ...edits });
}
