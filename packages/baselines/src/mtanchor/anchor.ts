import { InvalidOptionError } from '@xtm/contracts';

/** Words that stand for one topic: one list a language, each with at least one word. */
export type Anchor = readonly (readonly string[])[];

/** The same as positions in the vocabularies. */
export type AnchorIndices = readonly (readonly number[])[];

/** A copy with one topic's anchor replaced. */
export function replaceAnchor(anchors: readonly Anchor[], topic: number, anchor: Anchor): Anchor[] {
  requireTopic(anchors, topic);
  return anchors.map((old, index) => (index === topic ? anchor : old));
}

/** A copy without one topic's anchor; later topics move up. */
export function removeAnchor(anchors: readonly Anchor[], topic: number): Anchor[] {
  requireTopic(anchors, topic);
  return anchors.filter((_, index) => index !== topic);
}

/** A copy in which the first topic's anchor has the words of both, and the second topic is gone. */
export function mergeAnchors(anchors: readonly Anchor[], first: number, second: number): Anchor[] {
  requireTopic(anchors, first);
  requireTopic(anchors, second);
  if (first === second) throw new InvalidOptionError('topic', second, 'cannot be merged with itself');
  const merged = anchors[first]!.map((words, language) => [...words, ...anchors[second]![language]!]);
  return anchors.map((anchor, index) => (index === first ? merged : anchor)).filter((_, index) => index !== second);
}

function requireTopic(anchors: readonly Anchor[], topic: number): void {
  if (Number.isInteger(topic) && topic >= 0 && topic < anchors.length) return;
  throw new InvalidOptionError('topic', topic, `must be an integer from 0 to ${anchors.length - 1}`);
}

/**
 * Positions of each anchor's words in the vocabularies. Throws `InvalidOptionError` for fewer than two anchors, an
 * anchor without words in a language, or a word that is not in the vocabulary.
 */
export function resolveAnchors(anchors: readonly Anchor[], vocabularies: readonly (readonly string[])[]): AnchorIndices[] {
  if (anchors.length < 2) throw new InvalidOptionError('anchors', anchors, 'must be at least two');
  const positions = vocabularies.map((vocabulary) => new Map(vocabulary.map((word, index) => [word, index])));
  return anchors.map((anchor, topic) => {
    if (anchor.length !== vocabularies.length || anchor.some((words) => words.length === 0)) {
      throw new InvalidOptionError('anchors', anchor, `topic ${topic} needs at least one word in each language`);
    }
    return anchor.map((words, language) => [...new Set(words)].map((word) => positionOf(word, positions[language]!)));
  });
}

function positionOf(word: string, positions: ReadonlyMap<string, number>): number {
  const position = positions.get(word);
  if (position === undefined) throw new InvalidOptionError('anchors', word, `"${word}" is not in the vocabulary`);
  return position;
}
