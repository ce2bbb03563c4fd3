import type { TopicWords } from '../topic-words';

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
