import type { DenseMatrix } from '@xtm/contracts';
import { dominantTopics } from '../clusters/dominant-topics';
import { meanProportions } from './mean-proportions';

/** How documents spread over topics. */
export interface TopicShares {
  /** Effective number of topics: exp of the entropy of the topics' mean proportions, from 1 to the number of topics. */
  readonly effective: number;
  /** Largest mean proportion of a topic. */
  readonly largest: number;
  /** Largest share of documents that have the same main topic, which is their topic of largest proportion, the first of equal ones. */
  readonly largestMainTopic: number;
}

/**
 * How documents spread over topics: a model that puts nearly all of them into one topic can have coherent, distinct
 * topics and still be of no use.
 *
 * The effective number is the perplexity of the mean proportions, as Hill (1973) counts species.
 *
 * @param proportions [documents, topics]; rows sum to 1
 * @throws InvalidOptionError without documents.
 */
export function topicShares(proportions: DenseMatrix): TopicShares {
  const shares = meanProportions(proportions);
  const documentsOf = new Int32Array(proportions.columns);
  for (const topic of dominantTopics(proportions)) documentsOf[topic]!++;
  return {
    effective: Math.exp(shares.reduce((entropy, share) => (share > 0 ? entropy - share * Math.log(share) : entropy), 0)),
    largest: Math.max(...shares),
    largestMainTopic: Math.max(...documentsOf) / proportions.rows,
  };
}
