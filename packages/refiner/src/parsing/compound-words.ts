import { foldWord } from '../vote/vocabulary-matcher';
import { isSingleWord } from './clean-word';

/** Folded words of a vocabulary that hold a hyphen, an underscore or a slash. */
export type CompoundWords = ReadonlySet<string>;

/** Those of a vocabulary's words that a reader of replies would otherwise take for phrases; words with white space stay phrases. */
export function compoundWords(vocabulary: readonly string[]): CompoundWords {
  return new Set(vocabulary.filter((word) => !isSingleWord(word) && !/\s/u.test(word)).map(foldWord));
}
