import { InvalidOptionError } from '@xtm/contracts';
import { readRunTopics, type RunTopics } from '@xtm/pipeline';
import { formatTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

export interface TopicsView {
  /** Only this topic. */
  readonly topic?: number;
  /** Words a language; default 10. */
  readonly top?: number;
}

/** The topics that a view asks for, words cut to its number. Throws `InvalidOptionError` for a topic that does not exist. */
export function selectTopics({ languages, topics }: RunTopics, { topic, top = 10 }: TopicsView): RunTopics {
  const wanted = topics.filter(({ index }) => topic === undefined || index === topic);
  if (wanted.length === 0) throw new InvalidOptionError('topic', topic, `there are topics 0 to ${topics.length - 1}`);
  const cutWords = (words: RunTopics['topics'][number]['words']) => Object.fromEntries(Object.entries(words).map(([suffix, list]) => [suffix, list.slice(0, top)]));
  return { languages, topics: wanted.map(({ index, words }) => ({ index, words: cutWords(words) })) };
}

/** Topics of a run, a line each, the languages side by side. */
export function formatTopics(path: string, view: TopicsView, terminal: Terminal): string {
  const { languages, topics } = selectTopics(readRunTopics(path), view);
  const columns = [{ title: 'topic', align: 'right' as const }, ...languages.map(({ code }) => ({ title: code, flexible: true }))];
  const rows = topics.map(({ index, words }) => [String(index), ...languages.map(({ suffix }) => (words[suffix] ?? []).map(({ word }) => word).join(' '))]);
  return formatTable(columns, rows, terminal);
}
