import { InvalidOptionError } from '@xtm/contracts';
import { checkTopics } from './shown-topics';
import { NOTHING_EDITED, type TopicEdits } from '../run-folder/topic-edits';

/** Changes of topics, carried out in this order. Topics go by the trained model's numbers. */
export interface TopicChanges {
  /** Forget all edits first. */
  readonly reset?: boolean;
  /** Hidden topics to show again. */
  readonly show?: readonly number[];
  /** Topics whose merger is undone. */
  readonly unmerge?: readonly number[];
  /** Groups of topics that become one. */
  readonly merge?: readonly (readonly number[])[];
  /** New names; an empty one takes the name away. */
  readonly rename?: readonly (readonly [topic: number, name: string])[];
  readonly hide?: readonly number[];
}

/**
 * The edits after some changes.
 *
 * @throws InvalidOptionError for a topic that does not exist, and for changes that make no sense: hiding or naming a
 *   part of a merger, merging what is hidden, undoing what was not done
 */
export function changeTopicEdits(edits: TopicEdits, changes: TopicChanges, numTopics: number): TopicEdits {
  const { reset = false, show = [], unmerge = [], merge = [], rename = [], hide = [] } = changes;
  checkTopics([...show, ...unmerge, ...merge.flat(), ...rename.map(([topic]) => topic), ...hide], numTopics);
  const shown = show.reduce(showAgain, reset ? NOTHING_EDITED : edits);
  const merged = merge.reduce(mergeTopics, unmerge.reduce(undoMerger, shown));
  return hide.reduce(hideTopic, rename.reduce(renameTopic, merged));
}

function showAgain(edits: TopicEdits, topic: number): TopicEdits {
  if (!edits.hidden.includes(topic)) throw new InvalidOptionError('show', topic, `topic ${topic} is not hidden`);
  return { ...edits, hidden: edits.hidden.filter((other) => other !== topic) };
}

function undoMerger(edits: TopicEdits, topic: number): TopicEdits {
  const merged = edits.merged.filter((group) => !group.includes(topic));
  if (merged.length === edits.merged.length)
    throw new InvalidOptionError('unmerge', topic, `topic ${topic} is in no merger`);
  return { ...edits, merged };
}

/**
 * Unites the groups with all that they are merged with already; a merger without a name takes the first that a part
 * has.
 */
function mergeTopics(edits: TopicEdits, topics: readonly number[]): TopicEdits {
  const group = [
    ...new Set(topics.flatMap((topic) => edits.merged.find((members) => members.includes(topic)) ?? [topic])),
  ].sort((a, b) => a - b);
  if (new Set(topics).size < 2) throw new InvalidOptionError('merge', topics, 'a merger needs two different topics');
  const hidden = group.find((topic) => edits.hidden.includes(topic));
  if (hidden !== undefined) throw new InvalidOptionError('merge', hidden, `topic ${hidden} is hidden; show it first`);
  const name = group.map((topic) => edits.names[topic]).find((given) => given !== undefined);
  return {
    ...edits,
    names: name === undefined ? edits.names : { ...edits.names, [group[0]!]: name },
    merged: [...edits.merged.filter((members) => !members.some((member) => group.includes(member))), group].sort(
      (a, b) => a[0]! - b[0]!,
    ),
  };
}

function renameTopic(edits: TopicEdits, [topic, name]: readonly [number, string]): TopicEdits {
  refusePart(edits, 'rename', topic);
  const { [topic]: _before, ...others } = edits.names;
  return { ...edits, names: name.trim() === '' ? others : { ...others, [topic]: name.trim() } };
}

function hideTopic(edits: TopicEdits, topic: number): TopicEdits {
  refusePart(edits, 'hide', topic);
  return { ...edits, hidden: [...new Set([...edits.hidden, topic])].sort((a, b) => a - b) };
}

function refusePart({ merged }: TopicEdits, option: string, topic: number): void {
  const lead = merged.find((group) => group.includes(topic))?.reduce((a, b) => Math.min(a, b));
  if (lead !== undefined && lead !== topic)
    throw new InvalidOptionError(option, topic, `topic ${topic} is a part of topic ${lead}`);
}
