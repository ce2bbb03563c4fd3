import { InvalidOptionError } from '@xtm/contracts';
import type { DescribedTopic, DescribedTopics } from '@xtm/pipeline';
import { formatTable, type Column } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

/** One topic, or all. Throws `InvalidOptionError` for one that is not shown, saying why. */
export function selectTopics(described: DescribedTopics, topic?: number): DescribedTopics {
  if (topic === undefined) return described;
  const wanted = described.topics.find(({ index }) => index === topic);
  if (wanted === undefined) throw new InvalidOptionError('topic', topic, whyNotShown(described, topic));
  return { ...described, topics: [wanted] };
}

function whyNotShown({ topics, hidden }: DescribedTopics, topic: number): string {
  if (hidden.includes(topic)) return `topic ${topic} is hidden; --show ${topic} shows it again`;
  const lead = topics.find(({ members }) => members.includes(topic));
  if (lead !== undefined) return `topic ${topic} is a part of topic ${lead.index}`;
  const last = Math.max(...hidden, ...topics.flatMap(({ members }) => members));
  return `there are topics 0 to ${last}`;
}

/** Topics, a line each, the languages side by side. */
export function formatTopics({ languages, topics, hidden }: DescribedTopics, terminal: Terminal): string {
  const named = topics.some(({ name }) => name !== undefined);
  const columns: Column[] = [{ title: 'topic', align: 'right' }, ...(named ? [{ title: 'name' }] : []), ...languages.map(({ code }) => ({ title: code, flexible: true }))];
  const rows = topics.map((topic) => [numbersOf(topic), ...(named ? [topic.name ?? ''] : []), ...languages.map(({ suffix }) => topic.words[suffix]!.map(({ word }) => word).join(' '))]);
  const table = formatTable(columns, rows, terminal);
  return hidden.length === 0 ? table : `${table}\nhidden: ${hidden.join(', ')}`;
}

/** One topic word by word, with probabilities. */
export function formatTopic({ languages, topics }: DescribedTopics, terminal: Terminal): string {
  const topic = topics[0]!;
  const columns: Column[] = [{ title: 'rank', align: 'right' }, ...languages.flatMap(({ code }): Column[] => [{ title: code, flexible: true }, { title: 'probability', align: 'right' }])];
  const words = languages.map(({ suffix }) => topic.words[suffix]!);
  const rows = Array.from({ length: Math.max(...words.map(({ length }) => length)) }, (_, rank) => [
    String(rank + 1),
    ...words.flatMap((list) => [list[rank]?.word ?? '', list[rank]?.weight.toFixed(4) ?? '']),
  ]);
  return `topic ${numbersOf(topic)}${topic.name === undefined ? '' : `: ${topic.name}`}\n\n${formatTable(columns, rows, terminal)}`;
}

/** A topic's number, with those of the others that it is merged with. */
function numbersOf({ members }: DescribedTopic): string {
  return members.join('+');
}
