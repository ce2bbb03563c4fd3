import { type WordTopics, zeroWordTopics } from '../common/word-topics';
import type { WordCooccurrence } from './word-cooccurrence';

/**
 * The anchors' co-occurrence rows side by side, [vocabulary, topics]. Several words of an anchor merge by the harmonic
 * mean of their rows, which keeps the company that all of them have (Lund et al. 2017), scaled to sum to 1 as every
 * row does; words without common company merge by the arithmetic mean.
 *
 * `anchorWords` has the words of each topic in this language.
 */
export function anchorRows(cooccurrence: WordCooccurrence, anchorWords: readonly (readonly number[])[]): WordTopics {
  const out = zeroWordTopics(cooccurrence.words, anchorWords.length);
  anchorWords.forEach((words, topic) => {
    const merged = mergeRows(words.map((word) => cooccurrence.row(word)));
    merged.forEach((value, word) => {
      out.data[word * out.topics + topic] = value;
    });
  });
  return out;
}

function mergeRows(rows: readonly Float64Array[]): Float64Array {
  if (rows.length === 1) return rows[0]!;
  const harmonic = rows[0]!.map((_, i) => harmonicMean(rows.map((row) => row[i]!)));
  const merged = harmonic.some((value) => value > 0) ? harmonic : rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
  const total = merged.reduce((sum, value) => sum + value, 0);
  return total > 0 ? merged.map((value) => value / total) : merged;
}

/** 0 if any value is. */
function harmonicMean(values: readonly number[]): number {
  return values.length / values.reduce((sum, value) => sum + 1 / value, 0);
}
