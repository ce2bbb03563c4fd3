import { InvalidOptionError } from '@xtm/contracts';
import { canonicalCode, languageName, languageOf, type LanguagePair } from './lists/languages';

/** Who publishes the dictionaries, and on what terms. */
export const MUSE = {
  title: 'MUSE, ground-truth bilingual dictionaries',
  repository: 'https://github.com/facebookresearch/MUSE',
  baseUrl: 'https://dl.fbaipublicfiles.com/arrival/dictionaries/',
  licence: 'CC BY-NC 4.0: not for commercial use, and to be named where words of it are published',
} as const;

/** Languages with a dictionary in every direction between them. */
const EUROPEAN = ['de', 'en', 'es', 'fr', 'it', 'pt'];

/** Languages with a dictionary from and to English. */
const WITH_ENGLISH = [
  'af',
  'ar',
  'bg',
  'bn',
  'bs',
  'ca',
  'cs',
  'da',
  'el',
  'et',
  'fa',
  'fi',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'ja',
  'ko',
  'lt',
  'lv',
  'mk',
  'ms',
  'nl',
  'no',
  'pl',
  'ro',
  'ru',
  'sk',
  'sl',
  'sq',
  'sv',
  'ta',
  'th',
  'tl',
  'tr',
  'uk',
  'vi',
  'zh',
];

/** MUSE's code of a language by BCP-47's, where they are different. */
const OTHER_CODES: Readonly<Record<string, string>> = { nb: 'no', fil: 'tl' };

/**
 * Every dictionary, by MUSE's codes of its languages: `en-ja` has the English word first in every line. MUSE counts
 * two more, both of English with English.
 */
export const musePairs: readonly string[] = [
  ...EUROPEAN.flatMap((from) => EUROPEAN.filter((to) => to !== from).map((to) => `${from}-${to}`)),
  ...WITH_ENGLISH.flatMap((code) => [`en-${code}`, `${code}-en`]),
];

const museLanguages: ReadonlySet<string> = new Set([...EUROPEAN, ...WITH_ENGLISH]);

/**
 * MUSE's code of a language, script and region left aside: `zh` of `zh-Hans`, `no` of `nb`; undefined if it has none
 * of it.
 */
export function museCode(code: string): string | undefined {
  const language = canonicalCode(code) === undefined ? undefined : languageOf(canonicalCode(code)!);
  const known = language === undefined ? undefined : (OTHER_CODES[language] ?? language);
  return known !== undefined && museLanguages.has(known) ? known : undefined;
}

/**
 * The dictionaries of two languages, that of the asked direction first.
 *
 * @throws InvalidOptionError that names what there is in place of it
 */
export function findMusePairs(languages: LanguagePair): readonly string[] {
  const [first, second] = languages.map(museCode);
  const pairs = [`${first}-${second}`, `${second}-${first}`].filter((pair) => musePairs.includes(pair));
  if (pairs.length > 0) return pairs;
  const missing = languages.filter((code) => museCode(code) === undefined);
  throw new InvalidOptionError(
    'languages',
    languages.join(','),
    `MUSE has no dictionary of ${languages.map(languageName).join(' and ')}`,
    {
      advice: missing.length > 0 ? adviceWithout(missing) : adviceToPivot(languages, [first!, second!]),
    },
  );
}

function adviceWithout(missing: readonly string[]): string {
  return `It has none of ${missing.map(languageName).join(' and ')}; its languages are ` +
    `${[...museLanguages].sort().join(', ')}. "xtm dictionary from FILE" reads other dictionaries.`;
}

/** Every language that MUSE has is there with English. */
function adviceToPivot(languages: LanguagePair, codes: readonly [string, string]): string {
  const others = codes.flatMap((code) =>
    musePairs.filter((pair) => pair.split('-').includes(code) && !pair.split('-').includes('en')),
  );
  const near = [...codes.map((code) => `en-${code}`), ...others];
  const steps = codes.map((code) => `xtm dictionary fetch en-${code}`);
  const files = codes.map((code) => `dictionary-en-${code}.txt`);
  return `It has ${near.join(', ')}. Join two of them through English: ${steps.join('; ')}; xtm dictionary pivot ` +
    `${files.join(' ')} --languages ${languages.join(',')} --through en`;
}
