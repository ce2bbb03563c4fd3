import type { RunReportData } from '../../contract/run-data';

/** A topic's number and what it is called: its name, its theme, or its first words. */
export function topicLabel(data: RunReportData, position: number): string {
  const topic = data.topics[position]!;
  return `${topic.index} · ${topic.name ?? topic.theme ?? topWordsOf(data, position, 0, 3).join(', ')}`;
}

/** The topic's first words of a language, as the run ranks them. */
export function topWordsOf({ topics, words }: RunReportData, position: number, language: number, count: number): string[] {
  return topics[position]!.words[language]!.words.slice(0, count).map((word) => words[language]!.words[word]!);
}

/** Mean share of the topic over the languages. */
export function topicWeight({ topics }: RunReportData, position: number): number {
  const { weights } = topics[position]!;
  return weights.reduce((a, b) => a + b, 0) / weights.length;
}
