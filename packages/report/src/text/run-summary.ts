import stringWidth from 'string-width';
import { formatNumber, type TopicEvaluation } from '@xtm/metrics';
import { type DescribedTopic, type RankedTopics, rankTopics } from '@xtm/pipeline';
import { formatEvaluation } from './evaluation-table';
import { type Column, DEFAULT_WIDTH, emphasise, formatTable, GAP, type TextStyle } from './table';
import {
  formatShares,
  formatSpread,
  formatTopics,
  numbersOf,
  readTabledTopics,
  remarksOnShares,
  sharesTitle,
  type TabledTopics,
} from './topics-table';

/** A run that is done, as it is shown and printed as JSON. */
export interface FinishedRun {
  readonly path: string;
  readonly evaluation: TopicEvaluation;
  /** False when the folder held the finished run already. */
  readonly trained: boolean;
}

/** All that is shown of a run: figures first, since what stands last is seen first. */
export async function formatRun(
  { path, evaluation, trained }: FinishedRun,
  style: TextStyle = {},
): Promise<string> {
  const topics = await readTabledTopics(path);
  const parts = [
    ...(trained ? [] : ['This run was finished already; nothing was trained.']),
    formatEvaluation(evaluation, style),
    formatAllShares(topics, style),
    formatSpread(evaluation),
    formatBestAndWorst(topics, evaluation, style),
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Topics shown of each end. */
const ENDS = 5;

/** The five best and the five worst topics; all of them where they are no more, or cannot be ranked. */
export function formatBestAndWorst(
  described: TabledTopics,
  evaluation: TopicEvaluation,
  style: TextStyle = {},
): string {
  const ranking = rankTopics(described.topics, evaluation);
  if (ranking === undefined) return formatTopics(described, style);
  const { figure, ranked } = ranking;
  const part = (title: string, some: RankedTopics['ranked']): string =>
    `${emphasise(style, title)}\n${formatRanked(some, figure, described, style)}`;
  if (ranked.length <= 2 * ENDS)
    return [
      part(`Topics, by ${figure}`, ranked),
      ...(described.shares === undefined ? [] : remarksOnShares(described.shares)),
    ].join('\n');
  const best = part(`The ${ENDS} best topics of ${described.topics.length}, by ${figure}`, ranked.slice(0, ENDS));
  return `${best}\n\n${part(`The ${ENDS} worst`, ranked.slice(-ENDS))}`;
}

function formatRanked(
  ranked: RankedTopics['ranked'],
  figure: string,
  { languages, topics, shares }: TabledTopics,
  style: TextStyle = {},
): string {
  const columns: Column[] = [
    { title: 'topic', align: 'right' },
    { title: figure.split(' ').at(-1)!, align: 'right' },
    ...sharesColumns({ languages, shares }),
    ...languages.map(({ code }) => ({ title: code, flexible: true })),
  ];
  const rows = ranked.map(({ topic, value }) => [
    titleOf(topic),
    formatNumber(value),
    ...(shares === undefined
      ? []
      : languages.map((_, language) => formatShares(shares, language, topics.indexOf(topic)))),
    ...languages.map(({ suffix }) => topic.words[suffix]!.map(({ word }) => word).join(' ')),
  ]);
  return formatTable(columns, rows, style);
}

function sharesColumns({ languages, shares }: Pick<TabledTopics, 'languages' | 'shares'>): Column[] {
  return shares === undefined ? [] : languages.map(({ code }) => ({ title: sharesTitle(code), align: 'right' }));
}

function titleOf(topic: DescribedTopic): string {
  return topic.name === undefined ? numbersOf(topic) : `${numbersOf(topic)} ${topic.name}`;
}

/**
 * The shares of all topics, the largest first, in as many blocks side by side as the width has room for; nothing
 * for few topics, which {@link formatBestAndWorst} shows all.
 */
export function formatAllShares(
  { languages, topics, shares }: TabledTopics,
  style: TextStyle = {},
): string | undefined {
  if (shares === undefined || topics.length <= 2 * ENDS) return undefined;
  const total = (topic: number): number => shares.means.reduce((sum, ofLanguage) => sum + ofLanguage[topic]!, 0);
  const cells = [...topics.keys()]
    .sort((a, b) => total(b) - total(a))
    .map((topic) => [
      titleOf(topics[topic]!),
      ...languages.map((_, language) => formatShares(shares, language, topic)),
    ]);
  const columns: Column[] = [{ title: 'topic', align: 'right' }, ...sharesColumns({ languages, shares })];
  const width = columns.reduce(
    (sum, { title }, at) =>
      sum + GAP.length + Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[at]!))),
    0,
  );
  const blocks = Math.max(1, Math.floor(((style.width ?? DEFAULT_WIDTH) + GAP.length) / width));
  const height = Math.ceil(cells.length / blocks);
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: blocks }, (_unused, block) => cells[block * height + row] ?? columns.map(() => '')).flat(),
  );
  const table = formatTable(Array.from({ length: blocks }, () => columns).flat(), rows, style);
  return [emphasise(style, 'Shares of all topics'), table, ...remarksOnShares(shares)].join('\n');
}
