import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { meanOfKnown, type TopicScores, type TopicWords } from '../topic-scores';
import type { TopicPair } from './count-reference';
import {
  DocumentCounter,
  type DocumentCounts,
  normalisedPmi,
  type ReferenceCounts,
  type WordIdPairs,
} from './reference-counts';

/** Reference documents in one language: bags of words over a vocabulary, or lists of words. */
export type ReferenceDocuments =
  | { readonly rows: SparseRows; readonly vocabulary: readonly string[] }
  | Iterable<readonly string[]>;

/**
 * Monolingual coherence of topics on reference documents, best held-out ones: mean over all pairs of a topic's words
 * of the normalised pointwise mutual information with documents as windows, then mean over topics.
 *
 * In [−1, 1]. A pair that never occurs together scores −1, a pair with a word that never occurs 0. Topics of fewer
 * than two words have NaN and do not count. Time is linear in the documents, memory in the topics' words.
 */
export function npmi(topics: TopicWords, documents: ReferenceDocuments): TopicScores {
  const ids = new Map<string, number>();
  for (const word of topics.flat()) if (!ids.has(word)) ids.set(word, ids.size);
  const pairs = pairsWithin(topics, ids);
  const counts = countDocuments(documents, ids, pairs);
  let pair = 0;
  const perTopic = topics.map((words) => {
    const pairCount = (words.length * (words.length - 1)) / 2;
    let sum = 0;
    for (const end = pair + pairCount; pair < end; pair++) sum += wordPairScore(counts, pairs, pair);
    return sum / pairCount;
  });
  return { perTopic, mean: meanOfKnown(perTopic) };
}

function wordPairScore(
  { documents, wordDocuments, pairDocuments }: DocumentCounts,
  { first, second }: WordIdPairs,
  pair: number,
): number {
  return normalisedPmi(
    wordDocuments[first[pair]!]!,
    wordDocuments[second[pair]!]!,
    pairDocuments[pair]!,
    documents,
    -1,
  );
}

/** All pairs of a topic's words, topic after topic. */
function pairsWithin(topics: TopicWords, ids: ReadonlyMap<string, number>): WordIdPairs {
  const first: number[] = [];
  const second: number[] = [];
  for (const words of topics) {
    words.forEach((word, i) => {
      for (const other of words.slice(i + 1)) {
        first.push(ids.get(word)!);
        second.push(ids.get(other)!);
      }
    });
  }
  return { first: Int32Array.from(first), second: Int32Array.from(second) };
}

function countDocuments(
  documents: ReferenceDocuments,
  ids: ReadonlyMap<string, number>,
  pairs: WordIdPairs,
): DocumentCounts {
  const counter = new DocumentCounter(ids.size, pairs);
  if ('rows' in documents) {
    const { rows, vocabulary } = documents;
    const idOfColumn = Int32Array.from(vocabulary, (word) => ids.get(word) ?? -1);
    for (let row = 0; row < rows.rows; row++) {
      const present: number[] = [];
      for (let i = rows.indptr[row]!; i < rows.indptr[row + 1]!; i++) {
        const id = idOfColumn[rows.indices[i]!]!;
        if (id >= 0 && rows.values[i] !== 0) present.push(id);
      }
      counter.add(present);
    }
  } else {
    for (const words of documents) counter.add(words.flatMap((word) => ids.get(word) ?? []));
  }
  return counter.counts();
}

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
    throw new InvalidOptionError(
      'topics',
      second.length,
      `${first.length} topics in one language, ${second.length} in the other`,
    );
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
  return normalisedPmi(
    counts.wordCount(0, first),
    counts.wordCount(1, second),
    counts.pairDocuments(first, second),
    counts.documents,
    0,
  );
}
