import { foldWord } from '../vote';

/** What a reply says about one topic, as far as it was understood. */
export interface ReplyBlock {
  /** The number that the reply gives the topic, if it gives one. */
  number: number | undefined;
  theme: string | undefined;
  /** Words as sent, a list per language. */
  readonly words: string[][];
  /** Pieces that are no single words. */
  dropped: number;
  /** What counts as a single word although it is compound, a set per language. */
  readonly compounds: readonly CompoundWords[];
}

export function emptyBlock(compounds: readonly CompoundWords[], number?: number, theme?: string): ReplyBlock {
  return { number, theme, words: compounds.map(() => []), dropped: 0, compounds };
}

/** Whether every language has a word, without which a topic's reply does not count. */
export function isComplete({ words }: ReplyBlock): boolean {
  return words.every(({ length }) => length > 0);
}

/**
 * Puts the pieces that are single words, or compound words of the vocabulary, into a block; counts the others, and
 * passes over empty ones. Returns whether there was any.
 */
export function addWords(block: ReplyBlock, languageIndex: number, pieces: readonly string[]): boolean {
  const words = pieces.map(cleanWord).filter((word) => word !== '');
  const compounds = block.compounds[languageIndex]!;
  const single = words.filter((word) => isSingleWord(word) || compounds.has(foldWord(word)));
  block.words[languageIndex]!.push(...single);
  block.dropped += words.length - single.length;
  return words.length > 0;
}

const OPENING = /^[\s"'`“”‘’„«»‹›「」『』《》〈〉【】[\](){}*•●▪◦.…]+/u;
const CLOSING = /[\s"'`“”‘’„«»‹›「」『』《》〈〉【】[\](){}*.…,，。、;；:：!！?？]+$/u;
const NUMBERING = /^(?:\(?\d{1,3}\s*[.)、．）:：]\s*|[①-⑳]\s*)/u;
const GLOSS = /\s*[（(【[][^）)】\]]*[）)】\]]?\s*$/u;
const WEIGHT = /\s*[:：=×]\s*\d+(?:[.,]\d+)?%?$/u;

/**
 * A piece of a word list without numbering, quotes, marks, weights and glosses in brackets; empty when nothing is
 * left.
 */
function cleanWord(piece: string): string {
  const bare = piece.trim().replace(/^[-‐‑−+*\s]+|[-‐‑−\s]+$/gu, '').replace(NUMBERING, '');
  const unmarked = bare.replace(OPENING, '').replace(WEIGHT, '');
  const glossFree = unmarked.replace(GLOSS, '');
  return (glossFree === '' ? unmarked : glossFree).replace(WEIGHT, '').replace(CLOSING, '');
}

/** Whether a cleaned piece is one word: no white space, hyphen, underscore or slash in it. */
function isSingleWord(word: string): boolean {
  return word !== '' && !/[\s\-‐‑−–—_＿/／\\|]/u.test(word);
}

/** Folded words of a vocabulary that hold a hyphen, an underscore or a slash. */
export type CompoundWords = ReadonlySet<string>;

/**
 * Those of a vocabulary's words that a reader of replies would otherwise take for phrases; words with white space stay
 * phrases.
 */
export function compoundWords(vocabulary: readonly string[]): CompoundWords {
  return new Set(vocabulary.filter((word) => !isSingleWord(word) && !/\s/u.test(word)).map(foldWord));
}

/** Whatever stands between words: dashes with a space at a side, long dashes, commas, semicolons, bars, dots, tabs. */
const SEPARATOR = /\s+[-‐‑−]+\s*|[-‐‑−]+\s+|\s*[–—―─－]+\s*|\s*[,，、､;；|｜·•●]\s*|\t+/;

/** Numbers before words that stand in one line: `1. apple 2. pear`. */
const INLINE_NUMBER = /(?:^|\s)\(?\d{1,3}[.)、．）](?!\d)\s*(?=\S)/;

/** Hyphens between letters of scripts that use none. */
const DENSE_HYPHEN =
  /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[-‐‑−](?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;

const FEWEST_BETWEEN_SLASHES = 3;
const FEWEST_BETWEEN_HYPHENS = 5;
const FEWEST_BETWEEN_SPACES = 4;

/** The pieces of a word list, separators of any kind removed; a piece may turn out to be no single word. */
export function splitWords(list: string): string[] {
  const bare = list.trim().replace(/^[[{(【「]+(.*)[\]})】」]+[.。]?$/su, '$1');
  const numbered = bare.split(INLINE_NUMBER).filter(isPiece);
  const pieces = (numbered.length > 1 ? numbered : [bare])
    .flatMap((part) => part.split(SEPARATOR))
    .flatMap((part) => part.split(DENSE_HYPHEN))
    .filter(isPiece);
  return pieces.length === 1 ? splitByOther(pieces[0]!.trim()) : pieces;
}

/** A single piece may be a list whose separator is one that words can contain. */
function splitByOther(piece: string): string[] {
  const slashed = piece.split(/\s*[/／・]\s*/).filter(isPiece);
  if (slashed.length >= FEWEST_BETWEEN_SLASHES) return slashed;
  const hyphened = piece.split(/[-‐‑−]/).filter(isPiece);
  if (hyphened.length >= FEWEST_BETWEEN_HYPHENS && !/\s/.test(piece)) return hyphened;
  const spaced = piece.split(/\s+/).filter(isPiece);
  return spaced.length >= FEWEST_BETWEEN_SPACES && !/[.!?。！？]$/.test(piece) ? spaced : [piece];
}

function isPiece(part: string): boolean {
  return part.trim() !== '';
}
