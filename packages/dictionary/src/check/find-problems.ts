import type { DictionaryCoverage } from '@xtm/data';
import { languageName, type LanguagePair, likelyScript } from '../lists/languages';
import { type DictionaryFormat, dictionaryFormats } from '../published/convert-dictionary';
import type { SideFacts, WordOrder } from './inspect-lines';

/** Something that a check found, and what to do about it. */
export interface Finding {
  /** Stable, for programs. */
  readonly code:
    | 'packed'
    | 'encoding'
    | 'format'
    | 'noPairs'
    | 'malformed'
    | 'garbled'
    | 'order'
    | 'script'
    | 'writing'
    | 'repeated'
    | 'case'
    | 'form'
    | 'noMatch'
    | 'thin'
    | 'stems';
  /** `hint` of what xtm copes with by itself. */
  readonly level: 'unusable' | 'doubtful' | 'hint';
  readonly message: string;
  readonly advice?: string;
}

/** What a dictionary is to a corpus. */
export interface VocabularyMatch {
  /** Pairs of words that are in both vocabularies. */
  readonly pairs: number;
  /** Lines that are such pairs only in lower case or in Unicode's NFKC form. */
  readonly onlyNormalised: number;
  /** Of the two languages, in their order. */
  readonly coverage: readonly [DictionaryCoverage, DictionaryCoverage];
  /** The same where words also match those of the same stem; undefined where neither language has a stemmer. */
  readonly withStems?: {
    readonly pairs: number;
    readonly coverage: readonly [DictionaryCoverage, DictionaryCoverage];
  };
}

/** All that a check finds out. */
export interface DictionaryCheck {
  readonly file: string;
  readonly languages: LanguagePair;
  /** Lines that are not empty. */
  readonly lines: number;
  /** Different pairs of words, in the form in which they are looked up. */
  readonly pairs: number;
  /** Lines with several words on a side, or with one word alone. */
  readonly malformed: number;
  /** Lines whose pair was there already. */
  readonly repeated: number;
  /** Undefined where neither scripts nor vocabularies tell. */
  readonly order: WordOrder | undefined;
  /** Lines with the mark of a character that was lost, or with letters that come of a wrong encoding. */
  readonly garbled: number;
  readonly sides?: readonly [SideFacts, SideFacts];
  readonly vocabularies?: VocabularyMatch;
  readonly findings: readonly Finding[];
  /** `unusable` where a model could learn nothing from it, `doubtful` where it may not be what is meant. */
  readonly verdict: 'good' | 'doubtful' | 'unusable';
}

type Facts = Omit<DictionaryCheck, 'findings' | 'verdict' | 'sides'> & {
  readonly sides: readonly [SideFacts, SideFacts];
};

/** Shares of lines or words from which on something is worth a line. */
const MANY = 0.5;
const SOME = 0.1;
const FEW = 0.01;

/** Japanese words of which none has kana tell something from this number on. */
const ENOUGH_WORDS = 100;

/** Share of running words without which a model is not trained, and below which it has too little to go by. */
const NO_LINK = 0.05;
const THIN = 0.2;

/** What is wrong with a word list, the worst first. */
export function findProblems(facts: Facts, format: DictionaryFormat): Finding[] {
  const findings = [
    ...formatProblems(facts, format),
    ...wordProblems(facts),
    ...formHints(facts),
    ...reachProblems(facts),
  ];
  const rank = { unusable: 0, doubtful: 1, hint: 2 };
  return findings.sort((a, b) => rank[a.level] - rank[b.level]);
}

/** Of a dictionary that is no word list. */
export function formatFinding(file: string, format: DictionaryFormat): Finding {
  return {
    code: 'format',
    level: 'unusable',
    message: `It is a published dictionary in a format of its own (${dictionaryFormats[format].title}), no list of ` +
      'word pairs.',
    advice: `Make one of it: xtm dictionary from ${file}`,
  };
}

function formatProblems(
  { file, lines, malformed, pairs, garbled, repeated }: Facts,
  format: DictionaryFormat,
): Finding[] {
  if (format !== 'table') return [formatFinding(file, format)];
  const broken = lines === 0 ? 0 : malformed / lines;
  if (pairs === 0)
    return [
      {
        code: 'noPairs',
        level: 'unusable',
        message: 'No line is two words with white space between.',
        advice: `If it is a table with other delimiters, convert it: xtm dictionary from ${file}`,
      },
    ];
  return [
    ...(broken > SOME
      ? [
          {
            code: 'malformed',
            level: broken > MANY ? 'unusable' : 'doubtful',
            message: `${malformed} of ${lines} lines have several words on a side, or one word alone, and are left ` +
              'out.',
            advice: `If it is a table with other delimiters, convert it: xtm dictionary from ${file}`,
          } as const,
        ]
      : []),
    ...(broken > 0 && broken <= SOME
      ? [
          {
            code: 'malformed',
            level: 'hint',
            message: `${malformed} of ${lines} lines have several words on a side, or one word alone, and are left ` +
              'out.',
          } as const,
        ]
      : []),
    ...(garbled > FEW * lines
      ? [
          {
            code: 'garbled',
            level: 'doubtful',
            message: `${garbled} lines have characters that come of reading or saving in a wrong encoding.`,
            advice: 'Get the file again, or save it as UTF-8 from its original encoding.',
          } as const,
        ]
      : []),
    ...(repeated > 0
      ? [{ code: 'repeated', level: 'hint', message: `${repeated} lines repeat a pair; it counts once.` } as const]
      : []),
  ];
}

function wordProblems({ order, languages, sides, pairs, vocabularies }: Facts): Finding[] {
  if (pairs === 0) return [];
  // What the texts' own words say counts for more than scripts.
  const proven = vocabularies?.coverage.every(({ runningShare }) => runningShare >= THIN) === true;
  const turned: Finding[] =
    order === 'first first'
      ? [
          {
            code: 'order',
            level: 'hint',
            message: `The ${languages[0]} word comes first in its lines, not the ${languages[1]} one; prepare and ` +
              'run recognise that and read it so.',
          },
        ]
      : [];
  return [...turned, ...(proven ? [] : sides).flatMap((side) => writingProblem(side) ?? scriptProblem(side) ?? [])];
}

function scriptProblem({ language, scriptShare, script }: SideFacts): Finding | undefined {
  if (scriptShare >= MANY) return undefined;
  const found = script === undefined ? '' : `; most are in ${scriptName(script)}`;
  return {
    code: 'script',
    level: scriptShare < SOME ? 'unusable' : 'doubtful',
    message: `Only ${percent(scriptShare)} of the ${language} words are in ` +
      `${scriptName(likelyScript(language))}${found}.`,
    advice: `It looks like a dictionary of other languages, not of ${languageName(language)}.`,
  };
}

/** What scripts are called where their names in Unicode say too little. */
const SCRIPT_NAMES: Readonly<Record<string, string>> = {
  Hans: 'Chinese characters',
  Hant: 'Chinese characters',
  Hani: 'Chinese characters',
  Jpan: 'Japanese script',
  Kore: 'Korean script',
  Hang: 'Korean script',
};

function scriptName(script: string | undefined): string {
  return script === undefined
    ? 'its script'
    : (SCRIPT_NAMES[script] ?? new Intl.DisplayNames('en', { type: 'script' }).of(script) ?? script);
}

/** Scripts alone tell neither Japanese from Chinese nor the two ways to write Chinese. */
function writingProblem({ language, words, kanaShare, simplifiedShare }: SideFacts): Finding | undefined {
  const code = new Intl.Locale(language).language;
  if (code === 'zh' && kanaShare > SOME)
    return {
      code: 'writing',
      level: 'doubtful',
      message: `${percent(kanaShare)} of the ${language} words have kana: they look Japanese.`,
      advice: 'Check that it is a Chinese dictionary.',
    };
  if (code === 'ja' && kanaShare < FEW && words >= ENOUGH_WORDS)
    return {
      code: 'writing',
      level: 'doubtful',
      message: `Hardly any of the ${language} words have kana: they look Chinese.`,
      advice: 'Check that it is a Japanese dictionary.',
    };
  if (simplifiedShare === undefined) return undefined;
  const fitting = likelyScript(language) === 'Hant' ? 1 - simplifiedShare : simplifiedShare;
  if (fitting >= MANY) return undefined;
  const written = simplifiedShare > MANY ? 'simplified' : 'traditional';
  return {
    code: 'writing',
    level: 'doubtful',
    message: `Most Chinese words are written in ${written} characters, which texts in ${language} are not.`,
    advice: 'Take a dictionary in the writing of your texts; "xtm dictionary from" reads either from CC-CEDICT.',
  };
}

function formHints({ sides }: Facts): Finding[] {
  return sides.flatMap(({ language, upperCase, otherForm }) => [
    ...(upperCase > 0
      ? [
          {
            code: 'case',
            level: 'hint',
            message: `${upperCase} ${language} words have capital letters; they are looked up in lower case too.`,
          } as const,
        ]
      : []),
    ...(otherForm > 0
      ? [
          {
            code: 'form',
            level: 'hint',
            message: `${otherForm} ${language} words are not in Unicode's NFKC form, or have punctuation around ` +
              'them; they are looked up without that too.',
          } as const,
        ]
      : []),
  ]);
}

function reachProblems({ vocabularies, languages, pairs }: Facts): Finding[] {
  if (vocabularies === undefined || pairs === 0) return [];
  const { coverage, withStems } = vocabularies;
  if (vocabularies.pairs === 0)
    return [
      {
        code: 'noMatch',
        level: 'unusable',
        message: 'None of its pairs are words of both vocabularies.',
        advice:
          "Check that it is of the dataset's languages, and that its words are cut and inflected as in the texts.",
      },
    ];
  const shares = coverage.map(({ runningShare }) => runningShare);
  const thin = languages.flatMap((code, index) =>
    shares[index]! < THIN ? [`${percent(shares[index]!)} of the running words in ${code}`] : [],
  );
  const gain =
    withStems === undefined
      ? 0
      : Math.max(...withStems.coverage.map(({ runningShare }, index) => runningShare - shares[index]!));
  return [
    ...(thin.length > 0
      ? [
          {
            code: 'thin',
            level: Math.min(...shares) < NO_LINK ? 'unusable' : 'doubtful',
            message: `It reaches only ${thin.join(' and ')}.`,
            advice: 'Take a larger one, or one of the texts\' field; "xtm dictionary --help" lists ways to get one.',
          } as const,
        ]
      : []),
    ...(gain > 0.05
      ? [
          {
            code: 'stems',
            level: 'hint',
            message: `With \`matchStems\` it has ${withStems!.pairs} pairs, which reach ` +
              `${languages.map((code, index) => `${percent(withStems!.coverage[index]!.runningShare)} in ` +
                `${code}`).join(' and ')}.`,
            advice: 'Give run `matchStems`.',
          } as const,
        ]
      : []),
  ];
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
