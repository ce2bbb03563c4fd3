import { mergeAnchors, removeAnchor, replaceAnchor, type Anchor } from '@xtm/baselines';
import { InvalidOptionError } from '@xtm/contracts';
import { parseTopic } from './topic-changes';

/** Changes of anchors as they are typed. Topics are counted as they are shown, before any of the changes. */
export interface AnchorEdits {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly merge?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * The anchors after all changes; the same array when there is none. What is set or merged comes first, then what is
 * removed, from the last topic to the first, so that numbers keep their meaning; what is added comes last.
 */
export function applyAnchorEdits(anchors: readonly Anchor[], { set = [], add = [], merge = [], remove = [] }: AnchorEdits): readonly Anchor[] {
  const changed = set.map(parseSetting).reduce<readonly Anchor[]>((current, [topic, anchor]) => replaceAnchor(current, topic, anchor), anchors);
  const pairs = merge.map(parsePair).sort(([, one], [, other]) => other - one);
  const merged = pairs.reduce((current, [first, second]) => mergeAnchors(current, first, second), changed);
  const gone = remove.map((text) => parseTopic('remove', text)).sort((one, other) => other - one);
  if (merge.length > 0 && remove.length > 0) throw new InvalidOptionError('remove', remove, 'cannot stand beside --merge; make one change, then the other');
  const left = gone.reduce((current, topic) => removeAnchor(current, topic), merged);
  return add.length === 0 ? left : [...left, ...add.map((text) => parseAnchor('add', text))];
}

function parseSetting(text: string): [topic: number, anchor: Anchor] {
  const at = text.indexOf('=');
  return [parseTopic('set', text.slice(0, Math.max(0, at))), parseAnchor('set', text.slice(at + 1))];
}

function parseAnchor(option: string, text: string): Anchor {
  const anchor = text.split(/[:：]/).map((words) => words.split(/[,，、]/).map((word) => word.trim()).filter((word) => word !== ''));
  if (anchor.length < 2 || anchor.some((words) => words.length === 0)) {
    throw new InvalidOptionError(option, text, `"${text}" does not name words of each language`, { advice: 'Part words by commas and languages by a colon: guitar,piano:吉他,钢琴' });
  }
  return anchor;
}

/** Two topics, the lower first: it takes up the other's words. */
function parsePair(text: string): [number, number] {
  const topics = text.split(',').map((part) => parseTopic('merge', part)).sort((one, other) => one - other);
  if (topics.length !== 2) throw new InvalidOptionError('merge', text, `"${text}" is not a pair of topics`);
  return [topics[0]!, topics[1]!];
}
