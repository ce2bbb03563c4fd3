import { EmptyCorpusError, parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import type { PairLines } from '../lists/pair-lines';
import type { Translation, WordList } from '../lists/word-list';
import { arrangeColumns, type Bridge, type PivotLanguages } from './arrange-columns';

const schema = z.strictObject({
  maxTranslations: z.int().positive().default(3),
  minScore: z.number().min(0).default(0.2),
  columns: z.array(z.array(z.string())).default([]),
});

/** Which of the pairs that a join gives are kept. */
export interface PivotOptions {
  /** Translations of a word at most, the surest first; counted in both languages. Default 3. */
  readonly maxTranslations?: number;
  /**
   * Score that a pair needs at least: 1 is that of words with a single way between them and no other. Frequent words mean
   * many things and score low, so the surest translation of a word also does if two ways or more lead there. Default 0.2.
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
 * P(b|a) = Σ_p 1/|middle words of a| · 1/|second words of p| over these middle words p. Several ways raise it, ambiguous
 * middle words lower it. Pairs are taken in the order of their scores.
 *
 * @throws InvalidOptionError if it cannot be told which column is which, EmptyCorpusError if nothing is left
 */
export function pivotWordLists(files: readonly [PairLines, PairLines], languages: PivotLanguages, options: PivotOptions = {}): PivotedList {
  const { maxTranslations, minScore, columns } = parseOptions(schema, options);
  const [first, second] = arrangeColumns(files, languages, columns);
  const { candidates, sharedWords } = joinBridges(first, second);
  const sure = sureCandidates(candidates, minScore);
  const translations = limitTranslations(sure, maxTranslations);
  if (translations.length === 0) {
    throw new EmptyCorpusError(`the lists lead to no pair of ${languages.outer.join(' and ')} words through ${languages.middle}: ${sharedWords} ${languages.middle} words are in both, ${candidates.length} pairs were too unsure`, {
      advice: candidates.length > 0 ? 'Lower --min-score.' : `Check that both files have ${languages.middle} words.`,
    });
  }
  return { list: { languages: languages.outer, translations }, sharedWords, candidates: candidates.length, belowMinimum: candidates.length - sure.length, aboveMaximum: sure.length - translations.length };
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

function joinBridges(first: Bridge, second: Bridge): { readonly candidates: Candidate[]; readonly sharedWords: number } {
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
  const candidates = [...sums.values()].map(({ first, second, forward, backward, paths }) => ({ first, second, paths, score: paths * Math.sqrt(forward * backward) }));
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
