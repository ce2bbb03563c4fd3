/** Cuts a word to its stem, for the loosest kind of match. */
export type Stem = (word: string) => string;

/** Finds the vocabulary word that a proposed word means: the word itself, else the same but for case and width, else one of the same stem where stems are given. */
export class VocabularyMatcher {
  private readonly words: ReadonlySet<string>;
  private readonly folded: ReadonlyMap<string, string>;
  private readonly stems: ReadonlyMap<string, string>;

  constructor(vocabulary: readonly string[], private readonly stem?: Stem) {
    this.words = new Set(vocabulary);
    this.folded = firstByKey(vocabulary, foldWord);
    this.stems = stem === undefined ? new Map() : firstByKey(vocabulary, (word) => stem(foldWord(word)));
  }

  find(word: string): string | undefined {
    if (this.words.has(word)) return word;
    const folded = foldWord(word);
    return this.folded.get(folded) ?? (this.stem === undefined ? undefined : this.stems.get(this.stem(folded)));
  }
}

/** Case and width taken away. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

/** Where several words share a key, the first of the vocabulary has it. */
function firstByKey(vocabulary: readonly string[], key: (word: string) => string): Map<string, string> {
  const byKey = new Map<string, string>();
  for (const word of vocabulary) if (!byKey.has(key(word))) byKey.set(key(word), word);
  return byKey;
}
