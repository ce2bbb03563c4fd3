import { primarySubtag } from '../dataset/parse-languages';

const OUTER_PUNCTUATION = /^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;
const ENGLISH_POSSESSIVE = /'s$/i;

/** A text in Unicode's NFKC form with plain apostrophes, so that one word is written in one way. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(APOSTROPHES, "'");
}

/** Brings a word of a plain text to its form: no outer punctuation, lower case, in English no final 's. */
export function wordTrimmer(code: string, lowerCase: boolean): (segment: string) => string {
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
