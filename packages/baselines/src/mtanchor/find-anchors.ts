import { EmptyCorpusError, type RunOptions } from '@xtm/contracts';
import { cooperate } from '../common/cooperate';
import type { DictionaryLinks } from '../common/requirements';
import type { AnchorIndices } from './anchor';
import { AnchorSpan } from './anchor-span';
import type { WordCooccurrence } from './word-cooccurrence';

export interface FindAnchorsOptions {
  readonly numTopics: number;
  /** Words in a smaller share of the documents are no anchors. */
  readonly anchorThreshold: number;
}

/**
 * Anchors of two languages, one linked pair of words a topic, chosen one after the other (Yuan, Van Durme &
 * Boyd-Graber 2018): the next is the pair whose smaller squared distance, over the two languages, from the span of
 * those chosen is largest; the first is farthest from the origin.
 */
export async function findAnchors(
  cooccurrences: readonly [WordCooccurrence, WordCooccurrence],
  links: DictionaryLinks,
  { numTopics, anchorThreshold }: FindAnchorsOptions,
  runOptions: RunOptions,
): Promise<AnchorIndices[]> {
  const [first, second] = candidateLinks(cooccurrences, links, anchorThreshold);
  const spans = [new AnchorSpan(cooccurrences[0], first), new AnchorSpan(cooccurrences[1], second)] as const;
  const anchors: AnchorIndices[] = [];
  while (anchors.length < numTopics) {
    await cooperate('mtanchor', runOptions);
    const best = farthestPair(first, second, spans[0].squaredDistances, spans[1].squaredDistances);
    if (best === undefined) throw tooFewAnchors(anchors.length, numTopics);
    anchors.push([[first[best]!], [second[best]!]]);
    spans[0].extend(first[best]!);
    spans[1].extend(second[best]!);
    runOptions.onProgress?.({ stage: 'anchors', done: anchors.length, total: numTopics });
  }
  return anchors;
}

/** The links both of whose words occur in enough documents. */
function candidateLinks(cooccurrences: readonly WordCooccurrence[], { first, second }: DictionaryLinks, threshold: number): [Int32Array, Int32Array] {
  const shares = cooccurrences.map((cooccurrence) => cooccurrence.documentShares());
  const frequent = (_: number, link: number): boolean => shares[0]![first[link]!]! >= threshold && shares[1]![second[link]!]! >= threshold;
  return [first.filter(frequent), second.filter(frequent)];
}

/** Position of the link whose smaller distance is largest; none if every link has a word inside the span. */
function farthestPair(first: Int32Array, second: Int32Array, firstDistances: Float64Array, secondDistances: Float64Array): number | undefined {
  let best: number | undefined;
  let largest = 0;
  for (let link = 0; link < first.length; link++) {
    const distance = Math.min(firstDistances[first[link]!]!, secondDistances[second[link]!]!);
    if (distance <= largest) continue;
    largest = distance;
    best = link;
  }
  return best;
}

function tooFewAnchors(found: number, wanted: number): EmptyCorpusError {
  return new EmptyCorpusError(`the dictionary links only ${found} pairs of frequent words that can be anchors of ${wanted} topics`, {
    advice: 'Lower anchorThreshold, ask for fewer topics, or give a larger dictionary.',
  });
}
