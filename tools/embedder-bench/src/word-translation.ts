import type { DenseMatrix, RandomGenerator, WordPairs } from '@xtm/contracts';
import { nearestRows, normaliseRows } from '@xtm/numeric';

/** A dictionary cut by the words of its first language. */
export interface DictionarySplit {
  readonly known: WordPairs;
  readonly heldOut: WordPairs;
}

/** Holds out all pairs of a share of the first language's words, drawn by the generator. */
export function splitDictionary(dictionary: WordPairs, share: number, generator: RandomGenerator): DictionarySplit {
  const words = Int32Array.from(new Set(dictionary.first)).sort();
  generator.shuffle(words);
  const heldOut = new Set(words.subarray(0, Math.floor(words.length * share)));
  return {
    known: filterPairs(dictionary, (word) => !heldOut.has(word)),
    heldOut: filterPairs(dictionary, (word) => heldOut.has(word)),
  };
}

/**
 * Share of the pairs' first words that have any of their translations among the k words of the second language with
 * the largest cosine. Word vectors are [vocabulary, dimensions].
 */
export function precisionAt(k: number, pairs: WordPairs, first: DenseMatrix, second: DenseMatrix): number {
  const translations = new Map<number, Set<number>>();
  pairs.first.forEach((word, pair) =>
    translations.set(word, (translations.get(word) ?? new Set()).add(pairs.second[pair]!)),
  );
  const words = [...translations.keys()];
  const queries = { rows: words.length, columns: first.columns, data: new Float32Array(words.length * first.columns) };
  words.forEach((word, row) =>
    queries.data.set(first.data.subarray(word * first.columns, (word + 1) * first.columns), row * first.columns),
  );
  const { count, indices } = nearestRows(normaliseRows(queries), normaliseRows(second), k);
  const hits = words.filter((word, row) =>
    indices.subarray(row * count, (row + 1) * count).some((found) => translations.get(word)!.has(found)),
  );
  return hits.length / words.length;
}

function filterPairs({ languages, first, second }: WordPairs, keep: (firstWord: number) => boolean): WordPairs {
  const kept = Int32Array.from(first.keys()).filter((pair) => keep(first[pair]!));
  return { languages, first: kept.map((pair) => first[pair]!), second: kept.map((pair) => second[pair]!) };
}
