import { InvalidOptionError, type DenseMatrix, type Embedder, type RunOptions } from '@xtm/contracts';
import { meanOfKnown, type TopicScores } from '../topic-scores';
import type { TopicWords } from '../topic-words';

/** How close paired topics lie in an embedding space common to the languages. */
export interface EmbeddingAlignment extends TopicScores {
  /** Share of topics, in both directions, whose nearest topic of the other language is the paired one. */
  readonly nearestRate: number;
}

/** Vectors [topics, dimensions] of topics: the embedding of each topic's words joined by spaces. */
export function embedTopics(topics: TopicWords, embedder: Embedder, run?: RunOptions): Promise<DenseMatrix> {
  return embedder.embedTexts(topics.map((words) => words.join(' ')), run);
}

/**
 * Cosine of the vectors of paired topics, mean over topics, and how often the nearest topic across the languages is the
 * paired one. Needs no reference corpus. Both matrices are [topics, dimensions], row k of one belonging to row k of the
 * other.
 *
 * Cosines are in [−1, 1]; a zero vector has cosine 0 with everything. The rate of chance is 1 / topics; where several
 * topics are equally near, the paired one must be among them.
 */
export function embeddingAlignment(first: DenseMatrix, second: DenseMatrix): EmbeddingAlignment {
  if (first.rows !== second.rows || first.columns !== second.columns) {
    throw new InvalidOptionError('vectors', [second.rows, second.columns], `[${second.rows}, ${second.columns}] does not fit [${first.rows}, ${first.columns}]`);
  }
  const cosines = cosineTable(first, second);
  const perTopic = cosines.map((row, topic) => row[topic]!);
  const hits = perTopic.map((paired, topic) => {
    const nearestAcross = Math.max(...cosines[topic]!) === paired;
    const nearestBack = Math.max(...cosines.map((row) => row[topic]!)) === paired;
    return Number(nearestAcross) + Number(nearestBack);
  });
  return { perTopic, mean: meanOfKnown(perTopic), nearestRate: meanOfKnown(hits) / 2 };
}

/** [first.rows][second.rows]. */
function cosineTable(first: DenseMatrix, second: DenseMatrix): number[][] {
  const left = unitRows(first);
  const right = unitRows(second);
  return left.map((x) => right.map((y) => x.reduce((sum, value, column) => sum + value * y[column]!, 0)));
}

function unitRows({ rows, columns, data }: DenseMatrix): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => {
    const values = Float64Array.from(data.subarray(row * columns, (row + 1) * columns));
    const norm = Math.hypot(...values);
    return norm === 0 ? values : values.map((value) => value / norm);
  });
}
