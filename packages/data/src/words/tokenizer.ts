import { z } from 'zod';
import { parseOptions } from '@xtm/contracts';
import { primarySubtag } from '../dataset/languages';
import { loadSegmenter, SEGMENTER_CHOICES, type SegmenterChoice, type SegmenterName } from './segmenter';

export const tokenizerSchema = z.strictObject({
  segmenter: z.enum(SEGMENTER_CHOICES).default('auto'),
  lowerCase: z.boolean().default(true),
  numbers: z.boolean().default(false),
  minWordLength: z.int().min(1).default(2),
});

export interface TokenizerOptions {
  /** `auto` by default. */
  readonly segmenter?: SegmenterChoice;
  /** True by default. */
  readonly lowerCase?: boolean;
  /** Whether words without any letter, such as 2019 or 3.5, are kept; false by default. */
  readonly numbers?: boolean;
  /** Shorter words are dropped, except those with Chinese characters; 2 by default. */
  readonly minWordLength?: number;
}

/** From a text to its words. */
export interface Tokenizer {
  /** The segmenter at work, `auto` resolved. */
  readonly segmenter: SegmenterName;
  /** Words in the order of the text, punctuation dropped. */
  words(text: string): string[];
}

const LETTER = /\p{L}/u;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;

/**
 * A tokenizer of one language. Texts are brought to Unicode's NFKC form first, so that full-width letters and
 * ligatures do not make words of their own; English words lose a final 's.
 *
 * @param code BCP-47.
 * @throws InvalidOptionError
 */
export async function createTokenizer(code: string, options: TokenizerOptions = {}): Promise<Tokenizer> {
  const { segmenter: choice, lowerCase, numbers, minWordLength } = parseOptions(tokenizerSchema, options);
  const segmenter = await loadSegmenter(code, choice);
  const needed = numbers ? LETTER_OR_NUMBER : LETTER;

  const trim = wordTrimmer(code, lowerCase);
  const isKept = (word: string): boolean => needed.test(word) && (HAN.test(word) || [...word].length >= minWordLength);

  return {
    segmenter: segmenter.name,
    words: (text) => segmenter.segment(plainText(text)).map(trim).filter(isKept),
  };
}

const OUTER_PUNCTUATION = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;
const ENGLISH_POSSESSIVE = /'s$/i;

/** A text in Unicode's NFKC form with plain apostrophes, so that one word is written in one way. */
function plainText(text: string): string {
  return text.normalize('NFKC').replace(APOSTROPHES, "'");
}

/** Brings a word of a plain text to its form: no outer punctuation, lower case, in English no final 's. */
function wordTrimmer(code: string, lowerCase: boolean): (segment: string) => string {
  const isEnglish = primarySubtag(code) === 'en';
  return (segment) => {
    const trimmed = segment.replace(OUTER_PUNCTUATION, '');
    const word = isEnglish ? trimmed.replace(ENGLISH_POSSESSIVE, '') : trimmed;
    return lowerCase ? lowerCaseOf(word, code) : word;
  };
}

/** Most words are in lower case already, and the language's own rules take several times as long. */
function lowerCaseOf(word: string, code: string): string {
  return word === word.toLowerCase() ? word : word.toLocaleLowerCase(code);
}

/**
 * What a tokenizer of the language makes of a word that stands alone in a list or a dictionary; empty if it has no
 * letter and no number.
 *
 * @param code BCP-47.
 * @param lowerCase True by default.
 */
export function wordNormaliser(code: string, lowerCase = true): (word: string) => string {
  const trim = wordTrimmer(code, lowerCase);
  return (word) => trim(plainText(word));
}
