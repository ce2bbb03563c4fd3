import { formatNumber, type TopicEvaluation } from '@xtm/metrics';
import type { DescribedTopics } from '@xtm/pipeline';
import { formatTable, type Column } from '../terminal/table';
import { bold, type Terminal } from '../terminal/terminal';
import { rankTopics, type RankedTopics } from './rank-topics';
import { formatTopics } from './topics-table';

/** Topics shown of each end. */
const ENDS = 5;

/** The five best and the five worst topics; all of them where they are no more, or cannot be ranked. */
export function formatBestAndWorst(described: DescribedTopics, evaluation: TopicEvaluation, terminal: Terminal): string {
  const ranking = rankTopics(described.topics, evaluation);
  if (ranking === undefined) return formatTopics(described, terminal);
  const { figure, ranked } = ranking;
  const part = (title: string, some: RankedTopics['ranked']): string => `${bold(terminal, title)}\n${formatRanked(some, figure, described, terminal)}`;
  if (ranked.length <= 2 * ENDS) return part(`Topics, by ${figure}`, ranked);
  return `${part(`The ${ENDS} best topics of ${described.topics.length}, by ${figure}`, ranked.slice(0, ENDS))}\n\n${part(`The ${ENDS} worst`, ranked.slice(-ENDS))}`;
}

function formatRanked(ranked: RankedTopics['ranked'], figure: string, { languages }: DescribedTopics, terminal: Terminal): string {
  const columns: Column[] = [{ title: 'topic', align: 'right' }, { title: figure.split(' ').at(-1)!, align: 'right' }, ...languages.map(({ code }) => ({ title: code, flexible: true }))];
  const rows = ranked.map(({ topic: { name, members, words }, value }) => [
    name === undefined ? members.join('+') : `${members.join('+')} ${name}`,
    formatNumber(value),
    ...languages.map(({ suffix }) => words[suffix]!.map(({ word }) => word).join(' ')),
  ]);
  return formatTable(columns, rows, terminal);
}

/** What to do with a finished run, a command a line. */
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
