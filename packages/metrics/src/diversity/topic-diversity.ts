import type { TopicWords } from '../topic-words';

/**
 * Topic diversity of one language (Dieng, Ruiz and Blei 2020): share of distinct words among all words listed.
 *
 * In (0, 1]: 1 when no word is listed twice. The paper takes 25 words a topic; here it is as many as are given. NaN
 * without words.
 */
export function topicDiversity(topics: TopicWords): number {
  const listed = topics.flat();
  return new Set(listed).size / listed.length;
}
