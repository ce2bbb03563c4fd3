import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import type { SyntheticVocabulary } from './synthetic-vocabulary';

/** Length of the noise around a centroid of length 1. */
const NOISE = 0.6;

/** A random direction for each topic [topics, dimensions], of expected length 1. */
export function centroids(topics: number, dimensions: number, generator: RandomGenerator): DenseMatrix {
  return { rows: topics, columns: dimensions, data: noise(topics * dimensions, 1 / Math.sqrt(dimensions), generator) };
}

/** A topic's words lie around its centroid, noise words anywhere: [vocabulary, dimensions]. */
export function wordEmbeddings(
  vocabulary: SyntheticVocabulary,
  topics: DenseMatrix,
  generator: RandomGenerator,
): DenseMatrix {
  const { columns } = topics;
  const data = noise(vocabulary.size * columns, NOISE / Math.sqrt(columns), generator);
  vocabulary.topicWords.forEach((words, topic) => {
    for (const word of words)
      for (let c = 0; c < columns; c++) data[word * columns + c]! += topics.data[topic * columns + c]!;
  });
  return { rows: vocabulary.size, columns, data };
}

/** Mean of the embeddings of a document's words, with a little noise [documents, dimensions]. */
export function documentEmbeddings(counts: DenseMatrix, words: DenseMatrix, generator: RandomGenerator): DenseMatrix {
  const { columns } = words;
  const data = noise(counts.rows * columns, (0.1 * NOISE) / Math.sqrt(columns), generator);
  for (let document = 0; document < counts.rows; document++) {
    const row = counts.data.subarray(document * counts.columns, (document + 1) * counts.columns);
    const length = Math.max(1, row.reduce((sum, count) => sum + count, 0));
    row.forEach((count, word) => {
      for (let c = 0; count > 0 && c < columns; c++)
        data[document * columns + c]! += (count / length) * words.data[word * columns + c]!;
    });
  }
  return { rows: counts.rows, columns, data };
}

function noise(length: number, scale: number, generator: RandomGenerator): Float32Array {
  const out = new Float32Array(length);
  generator.fillNormal(out);
  return out.map((value) => value * scale);
}
