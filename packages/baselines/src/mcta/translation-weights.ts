import type { SparseRows } from '@xtm/contracts';
import type { DictionaryLinks } from '../common/requirements';

/** Sparse products with word-topic weights need the matrix both ways round. */
export interface TranslationWeights {
  /** A21 [vocabulary 1, vocabulary 2]: how a word of language 1 spreads over its translations; rows sum to 1 or are empty. */
  readonly fromSecond: SparseRows;
  /** A12 [vocabulary 2, vocabulary 1], likewise. */
  readonly fromFirst: SparseRows;
}

/**
 * Weights of the dictionary's links in MCTA: a link weighs as much as its target occurs in the target language's
 * corpus, shares of one source word summing to 1 (Shi et al. 2016).
 *
 * `counts` are the words' occurrences [vocabulary], one array a language.
 */
export function translationWeights(links: DictionaryLinks, counts: readonly [Float64Array, Float64Array]): TranslationWeights {
  return {
    fromSecond: normalisedLinks(links.first, links.second, counts[0].length, counts[1]),
    fromFirst: normalisedLinks(links.second, links.first, counts[1].length, counts[0]),
  };
}

function normalisedLinks(sources: Int32Array, targets: Int32Array, rows: number, targetCounts: Float64Array): SparseRows {
  const targetsOf: number[][] = Array.from({ length: rows }, () => []);
  sources.forEach((source, link) => {
    if (targetCounts[targets[link]!]! > 0) targetsOf[source]!.push(targets[link]!);
  });
  const indptr = new Int32Array(rows + 1);
  const indices: number[] = [];
  const values: number[] = [];
  targetsOf.forEach((linked, source) => {
    const total = linked.reduce((sum, target) => sum + targetCounts[target]!, 0);
    for (const target of linked.sort((a, b) => a - b)) {
      indices.push(target);
      values.push(targetCounts[target]! / total);
    }
    indptr[source + 1] = indices.length;
  });
  return { rows, columns: targetCounts.length, indptr, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
