/** Two words that mean the same. */
export interface Translation {
  /** In the list's first language, as a tokenizer would write it. */
  readonly first: string;
  /** In its second language. */
  readonly second: string;
  /** How sure it is, on the scale of whatever made the list; more is surer. */
  readonly score?: number;
}

/** A bilingual dictionary before it meets any vocabulary: single words and their translations. */
export interface WordList {
  /** BCP-47 codes. */
  readonly languages: readonly [string, string];
  /** In the order of the source, or surest first; no pair occurs twice. */
  readonly translations: readonly Translation[];
}

/** The list with its languages exchanged. */
export function reverseWordList({ languages, translations }: WordList): WordList {
  return {
    languages: [languages[1], languages[0]],
    translations: translations.map(({ first, second, ...rest }) => ({ ...rest, first: second, second: first })),
  };
}

/** Collects translations, each once: the first time that a pair is added counts. */
export class WordListBuilder {
  private readonly pairs = new Map<string, Translation>();

  constructor(private readonly languages: readonly [string, string]) {}

  /** Whether the pair was new. */
  add(translation: Translation): boolean {
    const key = `${translation.first}\t${translation.second}`;
    if (this.pairs.has(key)) return false;
    this.pairs.set(key, translation);
    return true;
  }

  build(): WordList {
    return { languages: this.languages, translations: [...this.pairs.values()] };
  }
}

/** The list as dictionary files have it: one pair a line, the second language's word first, one space between. */
export function formatWordList({ translations }: WordList): string {
  return translations.map(({ first, second }) => `${second} ${first}\n`).join('');
}
