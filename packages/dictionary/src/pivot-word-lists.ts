import { z } from 'zod';
import { EmptyCorpusError, InvalidOptionError, parseOptions } from '@xtm/contracts';
import { wordNormaliser } from '@xtm/data';
import { scriptFit, scriptShare } from './lists/languages';
import type { PairLines } from './lists/word-files';
import type { Translation, WordList } from './lists/word-list';

/** What {@link PivotOptions} may be; fields say what they are. */
export const pivotSchema = z.strictObject({
  maxTranslations: z.int().positive().default(3).describe('translations per word at most, the surest ones'),
  minScore: z
    .number()
    .min(0)
    .default(0.2)
    .describe('score that a pair needs: ways between the words, times the chance to go them'),
  columns: z.array(z.array(z.string())).default([]),
});

/** Which of the pairs that a join gives are kept. */
export interface PivotOptions {
  /** Translations of a word at most, the surest first; counted in both languages. Default 3. */
  readonly maxTranslations?: number;
  /**
   * Score that a pair needs at least: 1 is that of words with a single way between them and no other. Frequent words
   * mean many things and score low, so the surest translation of a word also does if two ways or more lead there.
   * Default 0.2.
   */
  readonly minScore?: number;
  /** Languages of the columns of each file, where they cannot be told: `[['ja', 'en'], ['en', 'zh-Hans']]`. */
  readonly columns?: readonly (readonly string[])[];
}

/** What a join of two word lists gave. */
export interface PivotedList {
  readonly list: WordList;
  /** Words of the middle language in both lists. */
  readonly sharedWords: number;
  /** Pairs before any was left out. */
  readonly candidates: number;
  readonly belowMinimum: number;
  readonly aboveMaximum: number;
}

/**
 * Joins two word lists over a language that both have. A pair's score is the number of middle words that lead from the
 * one word to the other, times the chance to get there by looking words up at random, (P(b|a) · P(a|b))^½ with
 * P(b|a) = Σ_p 1/|middle words of a| · 1/|second words of p| over these middle words p. Several ways raise it,
 * ambiguous middle words lower it. Pairs are taken in the order of their scores.
 *
 * @throws InvalidOptionError if it cannot be told which column is which, EmptyCorpusError if nothing is left
 */
export function pivotWordLists(
  files: readonly [PairLines, PairLines],
  languages: PivotLanguages,
  options: PivotOptions = {},
): PivotedList {
  const { maxTranslations, minScore, columns } = parseOptions(pivotSchema, options);
  const [first, second] = arrangeColumns(files, languages, columns);
  const { candidates, sharedWords } = joinBridges(first, second);
  const sure = sureCandidates(candidates, minScore);
  const translations = limitTranslations(sure, maxTranslations);
  if (translations.length === 0) {
    throw new EmptyCorpusError(
      `the lists lead to no pair of ${languages.outer.join(' and ')} words through ${languages.middle}: ` +
        `${sharedWords} ${languages.middle} words are in both, ${candidates.length} pairs were too unsure`,
      {
        advice: candidates.length > 0 ? 'Lower `minScore`.' : `Check that both files have ${languages.middle} words.`,
      },
    );
  }
  return {
    list: { languages: languages.outer, translations },
    sharedWords,
    candidates: candidates.length,
    belowMinimum: candidates.length - sure.length,
    aboveMaximum: sure.length - translations.length,
  };
}

/** A middle word that leads to more pairs says next to nothing of any of them, and takes memory for all. */
const MOST_PAIRS = 20_000;

interface Candidate extends Required<Translation> {
  /** Middle words that lead from the one word to the other. */
  readonly paths: number;
}

/** A pair's words, and what leads from the one to the other. */
interface Paths {
  readonly first: string;
  readonly second: string;
  /** P(second | first). */
  forward: number;
  /** P(first | second). */
  backward: number;
  /** Middle words on the way. */
  paths: number;
}

function joinBridges(
  first: Bridge,
  second: Bridge,
): { readonly candidates: Candidate[]; readonly sharedWords: number } {
  const [firstByMiddle, secondByMiddle] = [groupBy(first.pairs, 1), groupBy(second.pairs, 1)];
  const [middleOfFirst, middleOfSecond] = [groupBy(first.pairs, 0), groupBy(second.pairs, 0)];
  const sums = new Map<string, Paths>();
  let sharedWords = 0;
  for (const [middle, firsts] of firstByMiddle) {
    const seconds = secondByMiddle.get(middle);
    if (seconds === undefined) continue;
    sharedWords += 1;
    if (firsts.length * seconds.length > MOST_PAIRS) continue;
    for (const [a] of firsts) {
      for (const [b] of seconds) {
        const key = `${a}\t${b}`;
        const sum = sums.get(key) ?? { first: a, second: b, forward: 0, backward: 0, paths: 0 };
        sum.forward += 1 / (middleOfFirst.get(a)!.length * seconds.length);
        sum.backward += 1 / (middleOfSecond.get(b)!.length * firsts.length);
        sum.paths += 1;
        sums.set(key, sum);
      }
    }
  }
  const candidates = [...sums.values()].map(({ first, second, forward, backward, paths }) => ({
    first,
    second,
    paths,
    score: paths * Math.sqrt(forward * backward),
  }));
  return { candidates, sharedWords };
}

/** Those with the score that is needed and the best ones of words with several ways, the surest first. */
function sureCandidates(candidates: Candidate[], minScore: number): Candidate[] {
  candidates.sort((a, b) => b.score - a.score);
  const seen = [new Set<string>(), new Set<string>()] as const;
  return candidates.filter(({ first, second, score, paths }) => {
    const isBest = !seen[0].has(first) || !seen[1].has(second);
    seen[0].add(first);
    seen[1].add(second);
    return score >= minScore || (isBest && paths >= 2);
  });
}

/** The surest pairs of every word; no word of either language gets more. */
function limitTranslations(candidates: readonly Candidate[], most: number): Translation[] {
  const taken = [new Map<string, number>(), new Map<string, number>()] as const;
  return candidates.flatMap(({ first, second, score }) => {
    const [ofFirst, ofSecond] = [taken[0].get(first) ?? 0, taken[1].get(second) ?? 0];
    if (ofFirst >= most || ofSecond >= most) return [];
    taken[0].set(first, ofFirst + 1);
    taken[1].set(second, ofSecond + 1);
    return [{ first, second, score }];
  });
}

function groupBy(pairs: Bridge['pairs'], side: 0 | 1): ReadonlyMap<string, Bridge['pairs'][number][]> {
  const groups = new Map<string, Bridge['pairs'][number][]>();
  for (const pair of pairs) {
    const group = groups.get(pair[side]);
    if (group === undefined) groups.set(pair[side], [pair]);
    else group.push(pair);
  }
  return groups;
}

/** A word list of which it is known which side the middle language's words are on. */
interface Bridge {
  /** Pairs of an outer word and a middle one, each once, in the form in which a tokenizer would write them. */
  readonly pairs: readonly (readonly [outer: string, middle: string])[];
}

/** Languages that two word lists are joined over, as BCP-47 codes. */
export interface PivotLanguages {
  readonly outer: readonly [string, string];
  readonly middle: string;
}

/** Position of the middle language's column in each of two files: 0 or 1. */
type Middles = readonly [number, number];

/** So many times more words must two columns share than any other two to be taken for those of the middle language. */
const CLEARLY_MORE = 1.5;

/**
 * Finds out which column of two files holds what: the two columns that share most words are those of the middle
 * language. Where the other columns' scripts say that the files are the other way round, they change places.
 *
 * @param stated the languages of each file's columns, where the user says so
 * @throws InvalidOptionError if it cannot be told
 */
function arrangeColumns(
  files: readonly [PairLines, PairLines],
  languages: PivotLanguages,
  stated: readonly (readonly string[])[] = [],
): readonly [Bridge, Bridge] {
  const middles = stated.length > 0 ? statedMiddles(stated, languages) : sharedColumns(files, languages);
  const turned = stated.length > 0 ? statedOrder(stated, languages) : looksTurned(files, middles, languages);
  const order = turned ? ([1, 0] as const) : ([0, 1] as const);
  return [
    bridgeOf(files[order[0]], middles[order[0]]!, languages.outer[0], languages.middle),
    bridgeOf(files[order[1]], middles[order[1]]!, languages.outer[1], languages.middle),
  ];
}

/** Japanese and Chinese differ by the kana alone, which some words have. */
const FIT_MARGIN = 0.05;

function looksTurned(files: readonly [PairLines, PairLines], middles: Middles, { outer }: PivotLanguages): boolean {
  const words = ([0, 1] as const).map((file) => sample(files[file].pairs.map((pair) => pair[1 - middles[file]]!)));
  const { asGiven, turned } = scriptFit([words[0]!, words[1]!], outer);
  return turned > asGiven + FIT_MARGIN;
}

function sharedColumns(files: readonly [PairLines, PairLines], { middle }: PivotLanguages): Middles {
  const normalise = wordNormaliser(middle);
  const columns = files.map(({ pairs }) => [0, 1].map((side) => new Set(pairs.map((pair) => normalise(pair[side]!)))));
  // Japanese and Chinese have many words in common too, but not in the script of the middle language.
  const written = columns.map((sides) => sides.map((words) => scriptShare(words, middle)));
  const sharedBy = (first: number, second: number): number =>
    sharedShare(columns[0]![first]!, columns[1]![second]!) * Math.min(written[0]![first]!, written[1]![second]!);
  const choices = [0, 1].flatMap((first) =>
    [0, 1].map((second) => ({ middles: [first, second] as const, shared: sharedBy(first, second) })),
  );
  const [best, next] = choices.sort((a, b) => b.shared - a.shared) as [typeof choices[number], typeof choices[number]];
  if (best.shared > 0 && best.shared >= CLEARLY_MORE * next.shared) return best.middles;
  throw new InvalidOptionError(
    'columns',
    undefined,
    best.shared === 0
      ? `no column of the one file shares a word with a column of the other, so none of them is ${middle} in both`
      : `cannot tell which columns are ${middle}: several share about as many words`,
    {
      advice: 'Say what the columns are, once for each file: `columns` ja,en `columns` en,zh-Hans.',
    },
  );
}

/** Share of the smaller column's words that the other one has. */
function sharedShare(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return small.size === 0 ? 0 : shared / small.size;
}

function statedMiddles(stated: readonly (readonly string[])[], { outer, middle }: PivotLanguages): Middles {
  const places = stated.map((columns) => columns.indexOf(middle));
  const known = stated.every(
    (columns) => columns.length === 2 && columns.every((code) => code === middle || outer.includes(code)),
  );
  if (stated.length === 2 && known && places.every((place) => place >= 0)) return [places[0]!, places[1]!];
  throw new InvalidOptionError(
    'columns',
    stated.map((columns) => columns.join(',')),
    `must be given for both files, ${middle} and one of ${outer.join(' and ')} each`,
    {
      advice: `For example \`columns\` ${outer[0]},${middle} \`columns\` ${middle},${outer[1]}.`,
    },
  );
}

/** Whether the first file is of the second language. */
function statedOrder(stated: readonly (readonly string[])[], { outer }: PivotLanguages): boolean {
  return stated[0]!.includes(outer[1]) && stated[1]!.includes(outer[0]);
}

function bridgeOf({ pairs }: PairLines, middleSide: number, outerCode: string, middleCode: string): Bridge {
  const [outerForm, middleForm] = [wordNormaliser(outerCode), wordNormaliser(middleCode)];
  const seen = new Map<string, readonly [string, string]>();
  for (const pair of pairs) {
    const [outer, middle] = [outerForm(pair[1 - middleSide]!), middleForm(pair[middleSide]!)];
    if (outer !== '' && middle !== '') seen.set(`${outer}\t${middle}`, [outer, middle]);
  }
  return { pairs: [...seen.values()] };
}

/** Enough to tell a script by. */
function sample(words: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(words.length / 2_000));
  return words.filter((_, index) => index % step === 0);
}
