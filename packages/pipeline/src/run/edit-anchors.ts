import {
  type Anchor,
  type AnchorModel,
  loadAnchorModel,
  mergeAnchors,
  removeAnchor,
  replaceAnchor,
} from '@xtm/baselines';
import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { readRunTopics } from '../run-folder/topics';
import { replaceModel } from './replace-model';

/** Changes of a run's anchor words. Topics are counted as they are before any of the changes. */
export interface AnchorEdits {
  /** Topics that get other anchor words. */
  readonly set?: readonly (readonly [topic: number, anchor: Anchor])[];
  /** Anchor words of new topics. */
  readonly add?: readonly Anchor[];
  /** Pairs of topics to be one; the lower takes up the other's words. */
  readonly merge?: readonly (readonly [first: number, second: number])[];
  readonly remove?: readonly number[];
}

/**
 * Changes the anchor words of a run of MTAnchor, whose topics are recovered from them at once. Documents' topics and
 * metrics stay as they were until the run is evaluated again.
 *
 * @returns the model that the run has now; without changes the run stays as it is
 * @throws InvalidOptionError for topics or words that are not there, MissingFileError, RunFolderError
 */
export async function editAnchors(run: string, edits: AnchorEdits, options: RunOptions = {}): Promise<AnchorModel> {
  const model = await loadAnchorModel(run);
  const anchors = applyAnchorEdits(model.anchors, edits);
  if (anchors === model.anchors) return model;
  const edited = await model.withAnchors(anchors, options);
  await replaceModel(run, edited, topWordCount(run), { anchors });
  return edited;
}

/** Words per topic that the run listed before. */
function topWordCount(run: string): number {
  const { topics } = readRunTopics(run);
  return Math.max(1, ...topics.flatMap(({ words }) => Object.values(words).map((list) => list.length)));
}

/**
 * The anchors after all changes; the same array when there is none. What is set or merged comes first, then what is
 * removed, from the last topic to the first, so that numbers keep their meaning; what is added comes last.
 */
function applyAnchorEdits(
  anchors: readonly Anchor[],
  { set = [], add = [], merge = [], remove = [] }: AnchorEdits,
): readonly Anchor[] {
  const changed = set.reduce<readonly Anchor[]>(
    (current, [topic, anchor]) => replaceAnchor(current, topic, anchor),
    anchors,
  );
  const pairs = merge
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
    .sort(([, one], [, other]) => other - one);
  const merged = pairs.reduce((current, [first, second]) => mergeAnchors(current, first, second), changed);
  if (merge.length > 0 && remove.length > 0) {
    const problem = 'cannot stand beside `merge`; make one change, then the other';
    throw new InvalidOptionError('remove', remove, problem);
  }
  const gone = [...remove].sort((one, other) => other - one);
  const left = gone.reduce((current, topic) => removeAnchor(current, topic), merged);
  return add.length === 0 ? left : [...left, ...add];
}
