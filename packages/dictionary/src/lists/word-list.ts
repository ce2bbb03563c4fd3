import { wordNormaliser } from '@xtm/data';
import { type LanguagePair, scriptTest } from './languages';

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

/** One list of two, the pairs of the first before those that only the second has. */
export function joinWordLists(list: WordList, other?: WordList): WordList {
  if (other === undefined) return list;
  const builder = new WordListBuilder(list.languages);
  for (const translation of [...list.translations, ...other.translations]) builder.add(translation);
  return builder.build();
}

/** The list as dictionary files have it: one pair per line, the second language's word first, one space between. */
export function formatWordList({ translations }: WordList): string {
  return translations.map(({ first, second }) => `${second} ${first}\n`).join('');
}

/** What of a dictionary is not in the list, and why. */
export interface LeftOut {
  /** Words and glosses of several words. */
  readonly severalWords: number;
  /** Words and glosses of which nothing is left without parentheses and punctuation. */
  readonly empty: number;
  /** Single words in a script that their language is not written in, where those are left out. */
  readonly otherScript: number;
  /** Pairs that were there already. */
  readonly repeated: number;
}

/**
 * Articles, marks of the infinitive and the like, which dictionaries put before a word and texts as words of their
 * own.
 */
const LEADING_WORDS: Readonly<Record<string, RegExp>> = {
  en: /^(to be|to|an?|the)\s+/i,
  de: /^(der|die|das|eine?|sich)\s+/i,
  fr: /^(l['’]|s['’]|(les?|la|une?|se)\s+)/i,
  es: /^(el|la|los|las|una?)\s+/i,
  it: /^(l['’]|un['’]|(il|lo|la|i|gli|le|uno?|una)\s+)/i,
  pt: /^(os?|as?|uma?)\s+/i,
  nl: /^(de|het|een|zich)\s+/i,
  sv: /^(en|ett|att|sig)\s+/i,
  da: /^(en|et|at|sig)\s+/i,
  no: /^(en|ei|et|å|seg)\s+/i,
  nb: /^(en|ei|et|å|seg)\s+/i,
};

const BRACKETS = /\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|<[^<>]*>/g;

/** Stands for what is to be filled in: no word. */
const PLACEHOLDER = /\.{2,}|…/;

/** How the words of a source are made out. */
export interface CollectOptions {
  /** Whether glosses are cleaned as those of published dictionaries: brackets and articles go. Default false. */
  readonly glosses?: boolean;
  /** What parts several translations in one gloss. Default semicolons. */
  readonly separators?: RegExp;
  /** Whether words in another script than their language's are left out. Default false. */
  readonly sameScript?: boolean;
}

/** Makes a word list of texts that stand for each other, in the form in which a tokenizer would write their words. */
export class WordCollector {
  private readonly builder: WordListBuilder;
  private readonly sides: readonly [Side, Side];
  private readonly counts = { severalWords: 0, empty: 0, otherScript: 0, repeated: 0 };

  constructor(languages: LanguagePair, options: CollectOptions = {}) {
    this.builder = new WordListBuilder(languages);
    this.sides = [sideOf(languages[0], options), sideOf(languages[1], options)];
  }

  /** Adds every word of the one side with every word of the other. */
  add(firsts: readonly string[], seconds: readonly string[]): void {
    const words = [firsts, seconds].map((texts, index) => this.wordsOf(texts, this.sides[index]!));
    for (const first of words[0]!) {
      for (const second of words[1]!) if (!this.builder.add({ first, second })) this.counts.repeated += 1;
    }
  }

  get leftOut(): LeftOut {
    return { ...this.counts };
  }

  build(): WordList {
    return this.builder.build();
  }

  private wordsOf(texts: readonly string[], { pieces, normalise, fits }: Side): ReadonlySet<string> {
    const words = new Set<string>();
    for (const piece of texts.flatMap(pieces)) {
      const word = normalise(piece);
      if (/\s/.test(word) || PLACEHOLDER.test(piece)) this.counts.severalWords += 1;
      else if (word === '') this.counts.empty += 1;
      else if (!fits(word)) this.counts.otherScript += 1;
      else words.add(word);
    }
    return words;
  }
}

interface Side {
  readonly pieces: (text: string) => string[];
  readonly normalise: (word: string) => string;
  readonly fits: (word: string) => boolean;
}

function sideOf(code: string, { glosses = false, separators = /[;；]/, sameScript = false }: CollectOptions): Side {
  const leading = LEADING_WORDS[new Intl.Locale(code).language];
  const clean = (piece: string): string => {
    const text = piece.replace(/\s+/g, ' ').trim();
    return leading === undefined ? text : text.replace(leading, '');
  };
  return {
    pieces: glosses
      ? (text) => withoutBrackets(text.normalize('NFKC')).split(separators).map(clean)
      : (text) => [text],
    normalise: wordNormaliser(code),
    fits: sameScript ? scriptTest(code) : () => true,
  };
}

/** The innermost first, since they nest. */
function withoutBrackets(text: string): string {
  const less = text.replace(BRACKETS, '');
  return less === text ? text : withoutBrackets(less);
}
