import { type DenseMatrix, InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { dominantTopics } from '../clusters';

/** How documents spread over topics. */
export interface TopicShares {
  /**
   * Effective number of topics: exp of the entropy of the topics' mean proportions, from 1 to the number of topics.
   */
  readonly effective: number;
  /** Largest mean proportion of a topic. */
  readonly largest: number;
  /**
   * Largest share of documents that have the same main topic, which is their topic of largest proportion, the first of
   * equal ones.
   */
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
    effective: Math.exp(
      shares.reduce((entropy, share) => (share > 0 ? entropy - share * Math.log(share) : entropy), 0),
    ),
    largest: Math.max(...shares),
    largestMainTopic: Math.max(...documentsOf) / proportions.rows,
  };
}

/**
 * Share of documents that hold at least one word of the list of their main topic: whether what a topic's words promise
 * is found in the documents that are shown for it.
 *
 * In [0, 1]. A list of words that most documents hold covers them whatever their topic is, so compare with the same
 * share under permuted main topics ({@link scoreWithFloor}). A document without words is not covered; NaN without
 * documents.
 *
 * @param rows bags of words [documents, vocabulary]
 * @param mainTopics [documents], as {@link dominantTopics} gives them
 * @param topicWords columns of the words that each topic lists: [topics][words]
 * @throws InvalidOptionError if there is not one main topic per document, or a main topic without a list.
 */
export function topicCoverage(
  rows: SparseRows,
  mainTopics: ArrayLike<number>,
  topicWords: readonly Iterable<number>[],
): number {
  if (mainTopics.length !== rows.rows)
    throw new InvalidOptionError(
      'mainTopics',
      mainTopics.length,
      `${mainTopics.length} main topics for ${rows.rows} documents`,
    );
  const lists = topicWords.map((words) => new Set(words));
  let covered = 0;
  for (let document = 0; document < rows.rows; document++) {
    const words = lists[mainTopics[document]!];
    if (words === undefined)
      throw new InvalidOptionError(
        'mainTopics',
        mainTopics[document],
        `there are words of ${lists.length} topics only`,
      );
    if (holdsAny(rows, document, words)) covered++;
  }
  return covered / rows.rows;
}

function holdsAny({ indptr, indices, values }: SparseRows, document: number, words: ReadonlySet<number>): boolean {
  for (let i = indptr[document]!; i < indptr[document + 1]!; i++)
    if (values[i]! > 0 && words.has(indices[i]!)) return true;
  return false;
}

/**
 * Mean share of every topic over all documents of `proportions` [documents, topics], or over those named: [topics].
 *
 * @param documents positions of the documents that count; all by default
 * @throws InvalidOptionError without documents.
 */
export function meanProportions(
  { rows, columns, data }: DenseMatrix,
  documents: Iterable<number> = Array(rows).keys(),
): Float64Array {
  const shares = new Float64Array(columns);
  let count = 0;
  for (const document of documents) {
    for (let topic = 0; topic < columns; topic++) shares[topic]! += data[document * columns + topic]!;
    count++;
  }
  if (count === 0) throw new InvalidOptionError('proportions', [rows, columns], 'there are no documents');
  return shares.map((share) => share / count);
}
