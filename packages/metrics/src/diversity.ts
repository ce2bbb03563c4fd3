import { InvalidOptionError } from '@xtm/contracts';
import { mean, type TopicWords } from './topic-scores';

/**
 * Topic uniqueness of one language (Nan et al. 2019): mean over a topic's words of 1 / (number of topics that
 * list the word), then mean over topics.
 *
 * In [1 / K, 1]: 1 when no two topics share a word, 1 / K when all K topics are equal. NaN without topics; a topic
 * without words counts as 0.
 */
export function topicUniqueness(topics: TopicWords): number {
  const listings = new Map<string, number>();
  for (const words of topics) for (const word of new Set(words)) listings.set(word, (listings.get(word) ?? 0) + 1);
  let total = 0;
  for (const words of topics) {
    let topicSum = 0;
    for (const word of words) topicSum += 1 / listings.get(word)!;
    if (words.length > 0) total += topicSum / words.length;
  }
  return total / topics.length;
}

/**
 * Topic diversity of one language (Dieng, Ruiz and Blei 2020): share of distinct words among all words listed.
 *
 * In (0, 1]: 1 when no word is listed twice. The paper takes 25 words per topic; here it is as many as are given. NaN
 * without words.
 */
export function topicDiversity(topics: TopicWords): number {
  const listed = topics.flat();
  return new Set(listed).size / listed.length;
}

/** Topic quality (the papers' TQ): max(0, coherence)·uniqueness, coherence being CNPMI. */
export function topicQuality(coherence: number, uniqueness: number): number {
  return Math.max(0, coherence) * uniqueness;
}

/**
 * Extrapolated rank-biased overlap of two rankings (Webber, Moffat and Zobel 2010, equation 32, which allows
 * rankings of different lengths): agreement of their heads of every depth, deeper ones weighing less.
 *
 * In [0, 1]: 1 for equal rankings, 0 for disjoint ones. Two empty rankings are equal.
 *
 * @param persistence weight p of going one rank deeper, in (0, 1)
 */
export function rankBiasedOverlap(left: readonly string[], right: readonly string[], persistence = 0.9): number {
  if (!(persistence > 0 && persistence < 1))
    throw new InvalidOptionError('persistence', persistence, 'must lie between 0 and 1');
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length === 0) return long.length === 0 ? 1 : 0;
  const shortSeen = new Set<string>();
  const longSeen = new Set<string>();
  let overlap = 0;
  let overlapAtShort = 0;
  let sum = 0;
  for (let depth = 1; depth <= long.length; depth++) {
    overlap += newMatches(short[depth - 1], long[depth - 1]!, shortSeen, longSeen);
    if (depth <= short.length) overlapAtShort = overlap;
    const assumed = Math.max(0, depth - short.length) * (overlapAtShort / short.length);
    sum += ((overlap + assumed) / depth) * persistence ** depth;
  }
  const atTheEnd = (overlap - overlapAtShort) / long.length + overlapAtShort / short.length;
  return ((1 - persistence) / persistence) * sum + atTheEnd * persistence ** long.length;
}

/** How many words become common when each ranking gives one more word; the shorter may have none left. */
function newMatches(
  shortWord: string | undefined,
  longWord: string,
  shortSeen: Set<string>,
  longSeen: Set<string>,
): number {
  if (shortWord === longWord) return 1;
  longSeen.add(longWord);
  const matches = shortSeen.has(longWord) ? 1 : 0;
  if (shortWord === undefined) return matches;
  shortSeen.add(shortWord);
  return longSeen.has(shortWord) ? matches + 1 : matches;
}

/**
 * Inverse rank-biased overlap of one language (Bianchi, Terragni and Hovy 2021): 1 − mean rank-biased overlap of all
 * pairs of topics, so that common words at the top cost more than at the bottom.
 *
 * In [0, 1]: 1 for disjoint topics, 0 for equal ones. NaN for fewer than two topics.
 */
export function inverseRankBiasedOverlap(topics: TopicWords, persistence = 0.9): number {
  const overlaps: number[] = [];
  topics.forEach((words, topic) => {
    for (const others of topics.slice(topic + 1)) overlaps.push(rankBiasedOverlap(words, others, persistence));
  });
  return 1 - mean(overlaps);
}
