import { wordNormaliser } from '@xtm/data';
import { type LanguagePair, scriptFit, scriptShare, simplifiedShare } from '../lists/languages';
import type { PairLines } from '../lists/word-files';

/** Which word comes first in the lines: the second language's, as the format has it, or the first one's. */
export type WordOrder = 'second first' | 'first first';

/** The words of one language in a word list, as far as they tell what is wrong with it. */
export interface SideFacts {
  /** BCP-47. */
  readonly language: string;
  /** Different words. */
  readonly words: number;
  /** Share of words with a letter of the scripts that the language is written in, in [0, 1]. */
  readonly scriptShare: number;
  /** The script that most words have a letter of, by ISO 15924; undefined where no common one is found. */
  readonly script: string | undefined;
  /** Share of words with kana, in [0, 1]: what tells Japanese from Chinese. */
  readonly kanaShare: number;
  /** For Chinese, the share of simplified characters among those that tell; undefined where there are too few. */
  readonly simplifiedShare: number | undefined;
  /** Words that are not in lower case. */
  readonly upperCase: number;
  /** Words that Unicode's NFKC form or outer punctuation change. */
  readonly otherForm: number;
}

/** Scripts that a dictionary of another language pair is named by. */
const COMMON_SCRIPTS = [
  'Latn',
  'Cyrl',
  'Grek',
  'Arab',
  'Hebr',
  'Deva',
  'Beng',
  'Taml',
  'Thai',
  'Hang',
  'Jpan',
  'Hani',
  'Geor',
  'Armn',
];

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** What the words of both languages look like, in the languages' order. */
export function inspectSides(
  { pairs }: PairLines,
  languages: LanguagePair,
  order: WordOrder,
): readonly [SideFacts, SideFacts] {
  const place = order === 'second first' ? [1, 0] : [0, 1];
  const side = (index: 0 | 1): SideFacts =>
    inspectWords([...new Set(pairs.map((pair) => pair[place[index]!]!))], languages[index]);
  return [side(0), side(1)];
}

function inspectWords(words: readonly string[], language: string): SideFacts {
  const normalise = wordNormaliser(language, false);
  const lower = wordNormaliser(language);
  const isChinese = new Intl.Locale(language).language === 'zh';
  return {
    language,
    words: words.length,
    scriptShare: scriptShare(words, language),
    script: mainScript(words),
    kanaShare: share(words, (word) => KANA.test(word)),
    simplifiedShare: isChinese ? simplifiedShare(words) : undefined,
    upperCase: words.filter((word) => normalise(word) !== lower(word)).length,
    otherForm: words.filter((word) => normalise(word) !== word).length,
  };
}

/** Which order the lines are in by the scripts of their words, and whether that is certain. */
export function orderByScript(
  { pairs }: PairLines,
  [first, second]: LanguagePair,
): { readonly order: WordOrder; readonly certain: boolean } {
  const { asGiven, turned } = scriptFit(
    [pairs.map(([left]) => left), pairs.map(([, right]) => right)],
    [second, first],
  );
  const certain = Math.abs(asGiven - turned) > MARGIN && Math.max(asGiven, turned) > FITTING;
  return { order: turned > asGiven + MARGIN ? 'first first' : 'second first', certain };
}

/** Differences of fit between the two orders, and fit of the better one, from which on it is certain. */
const MARGIN = 0.3;
const FITTING = 1.3;

function mainScript(words: readonly string[]): string | undefined {
  const counted = COMMON_SCRIPTS.map((script) => ({ script, share: share(words, hasScript(script)) }));
  const best = counted.reduce((most, next) => (next.share > most.share ? next : most));
  return best.share > 0.5 ? best.script : undefined;
}

function hasScript(script: string): (word: string) => boolean {
  const letter = script === 'Jpan' ? KANA : new RegExp(`\\p{Script=${script}}`, 'u');
  return (word) => letter.test(word);
}

function share(words: readonly string[], test: (word: string) => boolean): number {
  return words.length === 0 ? 0 : words.filter(test).length / words.length;
}
