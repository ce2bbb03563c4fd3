import { InvalidOptionError } from '@xtm/contracts';
import { normalisedPmi } from './normalised-pmi';
import type { TopicPair } from './reference/count-reference';
import type { ReferenceCounts } from './reference/reference-counts';
import { meanOfKnown, type TopicScores } from '../topic-scores';

/**
 * Cross-lingual coherence (CNPMI, Hao et al. 2018): normalised pointwise mutual information of every pair of a word of
 * a topic in one language and a word of the same topic in the other, over the document pairs of a comparable corpus;
 * mean over the pairs, then over the topics.
 *
 * In [−1, 1] with documents counted; a pair that never occurs together, or a word that never occurs, scores 0; a pair
 * in every document 1. A topic without words in a language has NaN and does not count.
 *
 * @param topics what the counts were made for, or topics of words among those of an index
 * @throws InvalidOptionError if the languages have different numbers of topics, or a word was not counted.
 */
export function cnpmi(topics: TopicPair, counts: ReferenceCounts): TopicScores {
  const { first, second } = topics;
  if (first.length !== second.length) {
    throw new InvalidOptionError('topics', second.length, `${first.length} topics in one language, ${second.length} in the other`);
  }
  const perTopic = first.map((words, topic) => {
    const partners = second[topic]!;
    let sum = 0;
    for (const word of words) for (const partner of partners) sum += pairScore(word, partner, counts);
    return sum / (words.length * partners.length);
  });
  return { perTopic, mean: meanOfKnown(perTopic) };
}

function pairScore(first: string, second: string, counts: ReferenceCounts): number {
  return normalisedPmi(counts.wordCount(0, first), counts.wordCount(1, second), counts.pairDocuments(first, second), counts.documents, 0);
}
