import type { DictionaryReach } from './corpus-dictionary';
import type { FetchedDictionary } from './fetch-dictionary';
import type { InducedDictionary, InducedKind } from './induce-dictionary';
import { languageName } from './lists/languages';
import type { LeftOut, WordList } from './lists/word-list';
import { MUSE } from './muse-catalogue';
import type { PivotedList } from './pivot-word-lists';
import { type ConvertedDictionary, dictionaryFormats } from './published/convert-dictionary';
import type { TranslationReport } from './translate-vocabularies';

/** One fact to be shown, with what it is called. */
export type Fact = readonly [name: string, value: string];

/** Facts of several languages to be shown in a table. */
export interface FactTable {
  /** The first column holds words, the others figures. */
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Where a dictionary comes from, under which licence, and what is in it, for people to read. */
export function describeFetched({ list, pair, record, downloaded, lines, leftOut, file }: FetchedDictionary): Fact[] {
  const since = downloaded ? '' : `, since ${record.fetched.slice(0, 10)}`;
  return [
    ['Dictionary', `${MUSE.title}: ${pair}`],
    ['Licence', record.licence],
    ['From', record.url],
    ['Kept', `${file} (${record.size} bytes, SHA-256 ${record.sha256})${since}`],
    ['Left out', `of ${lines} lines: ${describeLeftOut(leftOut)}`],
    describePairs(list),
  ];
}

/**
 * What a join of two lists found and left out, for people to read.
 *
 * @param middle code of the language that both have
 */
export function describeJoined(
  { list, sharedWords, candidates, belowMinimum, aboveMaximum }: PivotedList,
  middle: string,
): Fact[] {
  const leftOut = `${belowMinimum} with too low a score, ${aboveMaximum} of words that have enough surer ones`;
  return [
    ['Joined over', `${sharedWords} ${languageName(middle)} words that both have`],
    ['Left out', `of ${candidates} pairs: ${leftOut}`],
    describePairs(list),
  ];
}

/** What was read of a published dictionary and what was left out, for people to read. */
export function describeConverted({ list, format, entries, glosses, leftOut }: ConvertedDictionary): Fact[] {
  const { title, licence } = dictionaryFormats[format];
  return [
    ['Dictionary', `${title}: ${entries} entries with ${glosses} glosses`],
    ['Licence', licence],
    ['Left out', describeLeftOut(leftOut)],
    describePairs(list),
  ];
}

function describePairs({ languages, translations }: WordList): Fact {
  const [first, second] = (['first', 'second'] as const).map(
    (side) => new Set(translations.map((pair) => pair[side])).size,
  );
  return ['Pairs', `${translations.length}, of ${first} ${languages[0]} and ${second} ${languages[1]} words`];
}

/** What is not in the list and why; what there is nothing of is not named. */
function describeLeftOut({ severalWords, empty, otherScript, repeated }: LeftOut): string {
  const reasons: [number, string][] = [
    [severalWords, 'of several words'],
    [empty, 'with nothing left but punctuation or an explanation'],
    [otherScript, 'in another script'],
    [repeated, 'pairs that were there already'],
  ];
  const named = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${count} ${reason}`);
  return named.length === 0 ? 'nothing' : named.join(', ');
}

/**
 * What an encoder found, a line each.
 *
 * @param encoder its name
 */
export function describeInduced(
  { list, mutual, oneWay, quality }: Pick<InducedDictionary, 'list' | 'mutual' | 'oneWay' | 'quality'>,
  encoder: string,
): string[] {
  const kinds = `${kindLine(mutual, "each other's nearest")}, ${kindLine(oneWay, 'nearest one way')}`;
  return [
    `${list.translations.length} pairs found by ${encoder}: ${kinds}`,
    ...(quality === undefined || quality.judged === 0 ? [] : [qualityLine(quality)]),
    `For a look: ${samplePairs(list)}`,
  ];
}

function kindLine({ pairs, threshold, calibration }: InducedKind, what: string): string {
  const least = Number.isFinite(threshold) ? `of at least ${threshold.toFixed(1)}` : 'never enough';
  return `${pairs} ${what} (score ${least}${calibration === undefined ? '' : ', by the known dictionary'})`;
}

function qualityLine({ judged, precision, coverage, words }: NonNullable<InducedDictionary['quality']>): string {
  const right = `Of ${judged} held-out pairs that the known dictionary can judge, ${percent(precision)} are in it`;
  return `${right}; ${percent(coverage)} of its ${words} held-out words were found`;
}

/** What translating would take, in one line; `cost` in the unit of the prices, if they are known. */
export function describeEstimate(
  { words, requests, ...tokens }: Readonly<Record<'words' | 'requests' | 'inputTokens' | 'outputTokens', number>>,
  cost: number | undefined,
): string {
  const sent = `about ${tokens.inputTokens} tokens sent and ${tokens.outputTokens} received`;
  return `${words} words in ${requests} requests: ` +
    `${sent}${cost === undefined ? '' : `, cost about ${cost.toFixed(4)}`}`;
}

/** What a language model translated and what was left out, a line each. */
export function describeTranslated(list: WordList, report: TranslationReport): string[] {
  const { asked, translated, confirmed, unknown, unanswered, unusable } = report;
  const silent = `${unknown} words that the model does not know, ${unanswered} that no reply spoke of`;
  return [
    `${translated} of ${asked} words translated; ${confirmed} pairs given in both directions`,
    `Left out: ${silent}, ${unusable} translations of several words or in another script`,
    `For a look: ${samplePairs(list)}`,
  ];
}

/** Some pairs, the surest first and then ever less sure ones, for a look at what was found. */
function samplePairs({ translations }: WordList, count = 12): string {
  const step = Math.max(1, Math.floor(translations.length / count));
  const sample = translations.filter((_, index) => index % step === 0).slice(0, count);
  return sample.map(({ first, second }) => `${first} ${second}`).join(', ');
}

/** How much of each language a dictionary reaches. */
export function tabulateReach({ coverage }: DictionaryReach): FactTable {
  return {
    titles: ['language', 'words with a translation', 'of running words'],
    rows: coverage.map(({ code, vocabularyShare, runningShare }) => [
      code,
      percent(vocabularyShare),
      percent(runningShare),
    ]),
  };
}

/** A share as whole percent. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
