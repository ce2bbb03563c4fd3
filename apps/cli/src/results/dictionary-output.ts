import {
  languageName,
  MUSE,
  dictionaryFormats,
  type ConvertedDictionary,
  type DictionaryCheck,
  type DictionaryReach,
  type FetchedDictionary,
  type Finding,
  type InducedDictionary,
  type InducedKind,
  type LanguagePair,
  type LeftOut,
  type PivotedList,
  type TranslationReport,
  type WordList,
} from '@xtm/dictionary';
import type { SpendingSummary } from '@xtm/llm';
import { formatFacts as factsInColumns, formatSpending, formatTable, right } from '@xtm/report';
import { pastablePath, shortPath, textStyle, type Terminal, withFlags } from '../terminal/terminal';

export const GOES_ON = 'the words asked about so far are kept, the same command with more goes on';

export const FETCH_ENCODER =
  'Fetch one with "xtm models fetch multilingual-e5-small", or name one: --embedder NAME --embedder-option ' +
  'folder=FOLDER.';

export function fetchedList(
  file: string,
  { list, pair, record, downloaded, lines, leftOut, ...kept }: FetchedDictionary,
): string {
  const since = downloaded ? '' : `, since ${record.fetched.slice(0, 10)}`;
  return formatFacts([
    ['Dictionary', `${MUSE.title}: ${pair}`],
    ['Licence', record.licence],
    ['From', record.url],
    ['Kept', `${shortPath(kept.file)} (${record.size} bytes, SHA-256 ${record.sha256})${since}`],
    ['Left out', `of ${lines} lines: ${describeLeftOut(leftOut)}`],
    ...describeList(file, list),
  ]);
}

export function joinedList(
  file: string,
  { list, sharedWords, candidates, belowMinimum, aboveMaximum }: PivotedList,
  middle: string,
): string {
  const leftOut = `${belowMinimum} with too low a score, ${aboveMaximum} of words that have enough surer ones`;
  return formatFacts([
    ['Joined over', `${sharedWords} ${languageName(middle)} words that both have`],
    ['Left out', `of ${candidates} pairs: ${leftOut}`],
    ...describeList(file, list),
  ]);
}

/** How many pairs are where, and the command that says what they are worth. */
function describeList(file: string, { languages, translations }: WordList): [string, string][] {
  const [first, second] = (['first', 'second'] as const).map(
    (side) => new Set(translations.map((pair) => pair[side])).size,
  );
  return [
    ['Pairs', `${translations.length}, of ${first} ${languages[0]} and ${second} ${languages[1]} words`],
    ['Written to', `${shortPath(file)}, the ${languages[1]} word first in every line`],
    ['Next', `xtm dictionary check ${pastablePath(file)} --languages ${languages.join(',')}`],
  ];
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

export function convertedList(file: string, { list, format, entries, glosses, leftOut }: ConvertedDictionary): string {
  const { title, licence } = dictionaryFormats[format];
  return formatFacts([
    ['Dictionary', `${title}: ${entries} entries with ${glosses} glosses`],
    ['Licence', licence],
    ['Left out', describeLeftOut(leftOut)],
    ...describeList(file, list),
  ]);
}

/** What was made of a corpus' own words, and what to do next. */
interface OwnWordsResult {
  readonly list: WordList;
  readonly reach: DictionaryReach;
  readonly out: string;
  /** The command to go on with. */
  readonly next: string;
}

type InducedResult = OwnWordsResult &
  Omit<InducedDictionary, 'list'> & { readonly encoder: string; readonly known?: WordList };

export function inducedList(
  { list, mutual, oneWay, quality, encoder, known, ...made }: InducedResult,
  terminal: Terminal,
): string {
  const kinds = `${kindLine(mutual, "each other's nearest")}, ${kindLine(oneWay, 'nearest one way')}`;
  return [
    `${list.translations.length} pairs found by ${encoder}: ${kinds}`,
    ...(quality === undefined || quality.judged === 0 ? [] : [qualityLine(quality)]),
    `For a look: ${samplePairs(list)}`,
    '',
    formatReach(made.reach, terminal),
    '',
    formatFacts([
      ...(known === undefined ? [] : [['Known before', `${known.translations.length} pairs`] as const]),
      ['Dictionary', shortPath(made.out)],
      ['Next', made.next],
    ]),
  ].join('\n');
}

function kindLine({ pairs, threshold, calibration }: InducedKind, what: string): string {
  const least = Number.isFinite(threshold) ? `of at least ${threshold.toFixed(1)}` : 'never enough';
  return `${pairs} ${what} (score ${least}${calibration === undefined ? '' : ', by the known dictionary'})`;
}

function qualityLine({ judged, precision, coverage, words }: NonNullable<InducedDictionary['quality']>): string {
  const right = `Of ${judged} held-out pairs that the known dictionary can judge, ${percent(precision)} are in it`;
  return `${right}; ${percent(coverage)} of its ${words} held-out words were found`;
}

/** What translating would take. */
interface TranslationCost {
  readonly words: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export function translationEstimate(
  { words, requests, ...tokens }: TranslationCost,
  cost: number | undefined,
): string {
  const sent = `about ${tokens.inputTokens} tokens sent and ${tokens.outputTokens} received`;
  return `${words} words in ${requests} requests: ` +
    `${sent}${cost === undefined ? '' : `, cost about ${cost.toFixed(4)}`}`;
}

type TranslatedResult = OwnWordsResult & { readonly report: TranslationReport; readonly spending: SpendingSummary };

export function translatedList(
  { list, report, spending, reach, out, next }: TranslatedResult,
  terminal: Terminal,
): string {
  const { asked, translated, confirmed, unknown, unanswered, unusable } = report;
  const silent = `${unknown} words that the model does not know, ${unanswered} that no reply spoke of`;
  return [
    `${translated} of ${asked} words translated; ${confirmed} pairs given in both directions`,
    `Left out: ${silent}, ${unusable} translations of several words or in another script`,
    `For a look: ${samplePairs(list)}`,
    formatSpending(spending),
    '',
    formatReach(reach, terminal),
    '',
    formatFacts([
      ['Dictionary', shortPath(out)],
      ['Next', next],
    ]),
  ].join('\n');
}

/** Some pairs, the surest first and then ever less sure ones, for a look at what was found. */
function samplePairs({ translations }: WordList, count = 12): string {
  const step = Math.max(1, Math.floor(translations.length / count));
  const sample = translations.filter((_, index) => index % step === 0).slice(0, count);
  return sample.map(({ first, second }) => `${first} ${second}`).join(', ');
}

function formatReach({ coverage }: DictionaryReach, terminal: Terminal): string {
  const columns = [{ title: 'language' }, right('words with a translation'), right('of running words')];
  const rows = coverage.map(({ code, ...shares }) => [
    code,
    percent(shares.vocabularyShare),
    percent(shares.runningShare),
  ]);
  return formatTable(columns, rows, textStyle(terminal));
}

const VERDICTS: Readonly<Record<DictionaryCheck['verdict'], string>> = {
  good: 'good',
  doubtful: 'doubtful: it may not be what you mean',
  unusable: 'unusable as it is',
};

const MARKS: Readonly<Record<Finding['level'], string>> = { unusable: 'wrong', doubtful: 'doubtful', hint: 'note' };

/** @param dataset folder that the dictionary was checked for, if it was for one */
export function checkedList(result: DictionaryCheck, dataset: string | undefined, terminal: Terminal): string {
  const { file, languages, lines, pairs, malformed, repeated, order, vocabularies, findings, verdict } = result;
  const facts: [string, string][] = [
    ['Dictionary', shortPath(file)],
    [
      'Read',
      `${pairs} different pairs in ${lines} lines; ${malformed} lines are no pair of words, ${repeated} repeat one`,
    ],
  ];
  if (order !== undefined)
    facts.push(['Order', `the ${languages[order === 'second first' ? 1 : 0]} word comes first`]);
  if (vocabularies !== undefined) {
    const { onlyNormalised } = vocabularies;
    const other = onlyNormalised > 0 ? `, ${onlyNormalised} of them only in lower case or NFKC form` : '';
    facts.push(['Found', `${vocabularies.pairs} pairs of words of both vocabularies${other}`]);
  }
  const flag = `--dictionary ${pastablePath(file)}`;
  const next = dataset === undefined ? `xtm init ${flag}` : `xtm run --dataset ${pastablePath(dataset)} ${flag}`;
  return [
    formatFacts(facts),
    ...(vocabularies === undefined ? [] : ['', formatMatch(languages, vocabularies, terminal), '']),
    ...findings.map(
      ({ level, message, advice = '' }) => withFlags(`${MARKS[level]}: ${message} ${advice}`.trimEnd()),
    ),
    formatFacts([['Verdict', VERDICTS[verdict]], ...(verdict === 'unusable' ? [] : [['Next', next] as const])]),
  ].join('\n');
}

function formatMatch(
  languages: LanguagePair,
  { coverage, withStems }: NonNullable<DictionaryCheck['vocabularies']>,
  terminal: Terminal,
): string {
  const titles = [
    'words with a partner',
    'of the vocabulary',
    'of running words',
    ...(withStems ? ['with --match-stems'] : []),
  ];
  const rows = languages.map((code, index) => {
    const { words, vocabularyShare, runningShare } = coverage[index]!;
    const stems = withStems ? [percent(withStems.coverage[index]!.runningShare)] : [];
    return [code, String(words), percent(vocabularyShare), percent(runningShare), ...stems];
  });
  return formatTable(
    [{ title: 'language' }, ...titles.map((title) => ({ title, align: 'right' as const }))],
    rows,
    textStyle(terminal),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

function formatFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  return factsInColumns(facts, ':');
}
