import stringWidth from 'string-width';
import { formatNumber, type TopicEvaluation } from '@xtm/metrics';
import {
  type DescribedTopic,
  type DescribedTopics,
  type RankedTopics,
  rankTopics,
  readRunTopics,
  readShownTopics,
  readTopicShares,
} from '@xtm/pipeline';
import { type Column, formatTable, GAP } from '../terminal/table';
import { bold, shortPath, type Terminal, terminalWidth } from '../terminal/terminal';
import { formatEvaluation } from './evaluation-table';
import {
  formatShares,
  formatSpread,
  formatTopics,
  numbersOf,
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
export async function formatRun({ path, evaluation, trained }: FinishedRun, terminal: Terminal): Promise<string> {
  const topics: TabledTopics = {
    ...(await readShownTopics(path)),
    ranking: readRunTopics(path).ranking,
    shares: readTopicShares(path),
  };
  const parts = [
    ...(trained ? [] : ['This run was finished already; nothing was trained.']),
    formatEvaluation(evaluation, terminal),
    formatAllShares(topics, terminal),
    formatSpread(evaluation),
    formatBestAndWorst(topics, evaluation, terminal),
    `Run folder: ${path}\nNext:\n${formatNextCommands(shortPath(path), topics.languages)}`,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Topics shown of each end. */
const ENDS = 5;

/** The five best and the five worst topics; all of them where they are no more, or cannot be ranked. */
export function formatBestAndWorst(described: TabledTopics, evaluation: TopicEvaluation, terminal: Terminal): string {
  const ranking = rankTopics(described.topics, evaluation);
  if (ranking === undefined) return formatTopics(described, terminal);
  const { figure, ranked } = ranking;
  const part = (title: string, some: RankedTopics['ranked']): string =>
    `${bold(terminal, title)}\n${formatRanked(some, figure, described, terminal)}`;
  if (ranked.length <= 2 * ENDS)
    return [
      part(`Topics, by ${figure}`, ranked),
      ...(described.shares === undefined ? [] : remarksOnShares(described.shares)),
    ].join('\n');
  return `${part(`The ${ENDS} best topics of ${described.topics.length}, by ${figure}`, ranked.slice(0, ENDS))}\n\n${part(`The ${ENDS} worst`, ranked.slice(-ENDS))}`;
}

function formatRanked(
  ranked: RankedTopics['ranked'],
  figure: string,
  { languages, topics, shares }: TabledTopics,
  terminal: Terminal,
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
  return formatTable(columns, rows, terminal);
}

function sharesColumns({ languages, shares }: Pick<TabledTopics, 'languages' | 'shares'>): Column[] {
  return shares === undefined ? [] : languages.map(({ code }) => ({ title: sharesTitle(code), align: 'right' }));
}

function titleOf(topic: DescribedTopic): string {
  return topic.name === undefined ? numbersOf(topic) : `${numbersOf(topic)} ${topic.name}`;
}

/**
 * The shares of all topics, the largest first, in as many blocks side by side as the terminal has room for; nothing
 * for few topics, which {@link formatBestAndWorst} shows all.
 */
export function formatAllShares({ languages, topics, shares }: TabledTopics, terminal: Terminal): string | undefined {
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
  const blocks = Math.max(1, Math.floor((terminalWidth(terminal) + GAP.length) / width));
  const height = Math.ceil(cells.length / blocks);
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from({ length: blocks }, (_unused, block) => cells[block * height + row] ?? columns.map(() => '')).flat(),
  );
  const table = formatTable(Array.from({ length: blocks }, () => columns).flat(), rows, terminal);
  return [bold(terminal, 'Shares of all topics'), table, ...remarksOnShares(shares)].join('\n');
}

/** What to do with a finished run, one command per line. */
export function formatNextCommands(path: string, languages: DescribedTopics['languages']): string {
  const commands = [
    ['every topic; more words; names', `xtm topics ${path} --top 15`],
    ['a page to look at', `xtm report ${path}`],
    ['documents with their topics', `xtm export ${path} --out topics.csv`],
    ['topics of new documents', `xtm infer ${path} new.csv --language ${languages[0]!.code}`],
  ] as const;
  const width = Math.max(...commands.map(([, command]) => command.length));
  return commands.map(([purpose, command]) => `  ${command.padEnd(width)}  ${purpose}`).join('\n');
}
