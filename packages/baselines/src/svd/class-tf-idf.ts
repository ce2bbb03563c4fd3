import type { SparseRows } from '@xtm/contracts';
import { type WordTopics, topicTotals, zeroWordTopics } from '../common/word-topics';

/**
 * Class-based TF-IDF of words in clusters of documents (Grootendorst 2022): a word's share of its cluster's words, in all
 * languages, times log(1 + A/f), A being the mean number of words a cluster and f the word's count over all clusters.
 *
 * @param documents Bags of words [documents, vocabulary], one a language.
 * @param labels Cluster of each document, one array a language.
 * @returns [vocabulary, clusters], one a language.
 */
export function classTfIdf(documents: readonly SparseRows[], labels: readonly Int32Array[], clusters: number): WordTopics[] {
  const counts = documents.map((rows, language) => clusterCounts(rows, labels[language]!, clusters));
  const clusterSizes = new Float64Array(clusters);
  for (const language of counts) topicTotals(language).forEach((total, cluster) => (clusterSizes[cluster]! += total));
  const meanSize = clusterSizes.reduce((sum, size) => sum + size, 0) / clusters;
  return counts.map((language) => weigh(language, clusterSizes, meanSize));
}

function clusterCounts({ rows, columns, indptr, indices, values }: SparseRows, labels: Int32Array, clusters: number): WordTopics {
  const counts = zeroWordTopics(columns, clusters);
  for (let document = 0; document < rows; document++) {
    for (let i = indptr[document]!; i < indptr[document + 1]!; i++) counts.data[indices[i]! * clusters + labels[document]!]! += values[i]!;
  }
  return counts;
}

function weigh({ words, topics: clusters, data }: WordTopics, clusterSizes: Float64Array, meanSize: number): WordTopics {
  const scores = zeroWordTopics(words, clusters);
  for (let word = 0; word < words; word++) {
    const counts = data.subarray(word * clusters, (word + 1) * clusters);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const rarity = total > 0 ? Math.log(1 + meanSize / total) : 0;
    counts.forEach((count, cluster) => {
      scores.data[word * clusters + cluster] = count > 0 ? (count / clusterSizes[cluster]!) * rarity : 0;
    });
  }
  return scores;
}
