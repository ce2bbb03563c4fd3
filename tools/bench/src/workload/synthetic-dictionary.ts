import type { RandomGenerator, WordPairs } from '@xtm/contracts';

/** Shares of each language's words that Amazon Review's dictionary translates. */
const TRANSLATED = [0.32, 0.79] as const;

/** Random translation pairs, spread over as large a share of both vocabularies as Amazon Review's; all possible ones if there are fewer. */
export function syntheticDictionary(vocabulary: number, pairs: number, generator: RandomGenerator): WordPairs {
  const [firstWords, secondWords] = TRANSLATED.map((share) => someWords(vocabulary, share, generator)) as [Int32Array, Int32Array];
  const size = Math.min(pairs, firstWords.length * secondWords.length);
  const keys = new Set<number>();
  while (keys.size < size) {
    keys.add(firstWords[generator.integer(firstWords.length)]! * vocabulary + secondWords[generator.integer(secondWords.length)]!);
  }
  const ordered = Float64Array.from(keys).sort();
  return {
    languages: [0, 1],
    first: Int32Array.from(ordered, (key) => Math.floor(key / vocabulary)),
    second: Int32Array.from(ordered, (key) => key % vocabulary),
  };
}

function someWords(vocabulary: number, share: number, generator: RandomGenerator): Int32Array {
  const words = Int32Array.from({ length: vocabulary }, (_, word) => word);
  generator.shuffle(words);
  return words.subarray(0, Math.ceil(share * vocabulary));
}
