import type { DenseMatrix, SparseRows, WordPairs } from '@xtm/contracts';

/** A corpus in two languages whose words belong to themes: what a refiner should find is known. */
export interface ThemedCorpus {
  readonly vocabularies: readonly (readonly string[])[];
  readonly trainRows: readonly SparseRows[];
  readonly wordEmbeddings: readonly DenseMatrix[];
  readonly dictionary: WordPairs;
  /** Theme of a word; −1 for a word of every theme. */
  themeOf(word: string): number;
}

export interface ThemedCorpusOptions {
  readonly themes: number;
  readonly wordsPerTheme: number;
  /** Best without a common factor with `themes`, so that they meet every theme. */
  readonly commonWords: number;
  readonly documents: number;
}

const PREFIXES = ['a', 'b'] as const;
const WORDS_PER_DOCUMENT = 6;

/**
 * Every document holds words of one theme and one common word; vectors are the themes' directions, common words lie
 * between them.
 */
export function themedCorpus({ themes, wordsPerTheme, commonWords, documents }: ThemedCorpusOptions): ThemedCorpus {
  const themedWords = themes * wordsPerTheme;
  const size = themedWords + commonWords;
  const theme = (position: number): number => (position < themedWords ? Math.floor(position / wordsPerTheme) : -1);
  const vocabularies = PREFIXES.map((prefix) =>
    Array.from({ length: size }, (_, position) => `${prefix}${theme(position)}x${position}`),
  );
  return {
    vocabularies,
    trainRows: PREFIXES.map(() => documentRows({ themes, wordsPerTheme, commonWords, documents })),
    wordEmbeddings: PREFIXES.map(() => themeVectors(size, themes, theme)),
    dictionary: {
      languages: [0, 1],
      first: Int32Array.from({ length: themedWords }, (_, position) => position),
      second: Int32Array.from({ length: themedWords }, (_, position) => position),
    },
    themeOf: (word) => Number(/^[ab](-?\d+)x/.exec(word)![1]),
  };
}

function documentRows({ themes, wordsPerTheme, commonWords, documents }: ThemedCorpusOptions): SparseRows {
  const rows = Array.from({ length: documents }, (_, document) => {
    const first = (document % themes) * wordsPerTheme;
    const words = Array.from(
      { length: WORDS_PER_DOCUMENT },
      (_word, step) => first + ((Math.floor(document / themes) * (step + 1) + step * step) % wordsPerTheme),
    );
    return [...new Set([...words, themes * wordsPerTheme + (document % commonWords)])].sort(
      (one, other) => one - other,
    );
  });
  const indices = Int32Array.from(rows.flat());
  const indptr = Int32Array.from([
    0,
    ...rows.map((_, row) => rows.slice(0, row + 1).reduce((sum, { length }) => sum + length, 0)),
  ]);
  return {
    rows: documents,
    columns: themes * wordsPerTheme + commonWords,
    indptr,
    indices,
    values: new Float32Array(indices.length).fill(1),
  };
}

function themeVectors(size: number, themes: number, theme: (position: number) => number): DenseMatrix {
  const data = new Float32Array(size * themes);
  for (let position = 0; position < size; position++) {
    const own = theme(position);
    for (let dimension = 0; dimension < themes; dimension++)
      data[position * themes + dimension] =
        own === dimension ? 1 : own === -1 ? 1 / Math.sqrt(themes) : 0.02 * ((position * 7 + dimension) % 5);
  }
  return { rows: size, columns: themes, data };
}
