import { InvalidOptionError, type WordRanking } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import {
  type DescribedTopic,
  type DescribedTopics,
  readRunTopics,
  readShownTopics,
  readTopicShares,
  type TopicShares,
} from '@xtm/pipeline';
import { type Column, formatTable, right, type TextStyle } from './table';

/** Topics with all that a table of them shows. */
export interface TabledTopics extends DescribedTopics {
  /** How their words are ranked. */
  readonly ranking?: WordRanking;
  /** In the order of the topics. */
  readonly shares?: TopicShares;
}

const RANKINGS: Readonly<Record<WordRanking, string>> = {
  characteristic:
    'Words are ranked by how characteristic they are of the topic: p·log(p/p̄), p being their\nprobability in the ' +
    'topic and p̄ its mean over all topics.',
  weights: "Words are ranked by the weights of the model's decoder, as in the papers.",
  probability: 'Words are ranked by their probability in the topic.',
};

/** What the words of a topic are ranked by, beside their probability. */
const SCORES: Readonly<Record<WordRanking, string | undefined>> = {
  characteristic: 'score',
  weights: 'weight',
  probability: undefined,
};

/**
 * A run's topics as they are named, merged and hidden.
 *
 * @param top words per language; 10 by default
 */
export async function readTabledTopics(run: string, top?: number): Promise<TabledTopics> {
  return { ...(await readShownTopics(run, top)), ranking: readRunTopics(run).ranking, shares: readTopicShares(run) };
}

/** Topics as JSON: shares stand with their topics, by the languages' suffixes as the words do. */
export function topicsAsJson({ topics, shares, ...rest }: TabledTopics): object {
  if (shares === undefined) return { ...rest, topics };
  const sharesOf = (topic: number): object =>
    Object.fromEntries(
      rest.languages.map(({ suffix }, language) => [
        suffix,
        { mean: shares.means[language]![topic], mainTopic: shares.mainTopics[language]![topic] },
      ]),
    );
  return { ...rest, topics: topics.map((topic, at) => ({ ...topic, shares: sharesOf(at) })) };
}

/** One topic, or all. Throws `InvalidOptionError` for one that is not shown, saying why. */
export function selectTopics(tabled: TabledTopics, topic?: number): TabledTopics {
  if (topic === undefined) return tabled;
  const at = tabled.topics.findIndex(({ index }) => index === topic);
  if (at < 0) throw new InvalidOptionError('topic', topic, whyNotShown(tabled, topic));
  const { shares } = tabled;
  const pick = (lists: readonly (readonly number[])[]): number[][] => lists.map((ofLanguage) => [ofLanguage[at]!]);
  return {
    ...tabled,
    topics: [tabled.topics[at]!],
    ...(shares && { shares: { ...shares, means: pick(shares.means), mainTopics: pick(shares.mainTopics) } }),
  };
}

function whyNotShown({ topics, hidden }: DescribedTopics, topic: number): string {
  if (hidden.includes(topic)) return `topic ${topic} is hidden; \`show\` ${topic} shows it again`;
  const lead = topics.find(({ members }) => members.includes(topic));
  if (lead !== undefined) return `topic ${topic} is a part of topic ${lead.index}`;
  const last = Math.max(...hidden, ...topics.flatMap(({ members }) => members));
  return `there are topics 0 to ${last}`;
}

/** Topics, one per line, the languages side by side. */
export function formatTopics(
  { languages, topics, hidden, ranking, shares }: TabledTopics,
  style?: TextStyle,
): string {
  const named = topics.some(({ name }) => name !== undefined);
  const columns: Column[] = [
    { title: 'topic', align: 'right' },
    ...(named ? [{ title: 'name' }] : []),
    ...(shares === undefined
      ? []
      : languages.map(({ code }) => ({ title: sharesTitle(code), align: 'right' as const }))),
    ...languages.map(({ code }) => ({ title: code, flexible: true })),
  ];
  const rows = topics.map((topic, at) => [
    numbersOf(topic),
    ...(named ? [topic.name ?? ''] : []),
    ...(shares === undefined ? [] : languages.map((_, language) => formatShares(shares, language, at))),
    ...languages.map(({ suffix }) => topic.words[suffix]!.map(({ word }) => word).join(' ')),
  ]);
  const remarks = [
    ...(hidden.length === 0 ? [] : [`hidden: ${hidden.join(', ')}`]),
    ...(shares === undefined ? [] : remarksOnShares(shares)),
    ...(ranking === undefined ? [] : [RANKINGS[ranking]]),
  ];
  return [formatTable(columns, rows, style), ...(remarks.length === 0 ? [] : ['', ...remarks])].join('\n');
}

/** One topic word by word: p(w | k), and what the words are ranked by where that is something else. */
export function formatTopic(
  { languages, topics, ranking = 'probability', shares }: TabledTopics,
  style?: TextStyle,
): string {
  const topic = topics[0]!;
  const score = SCORES[ranking];
  const columns: Column[] = [
    right('rank'),
    ...languages.flatMap(({ code }): Column[] => [
      { title: code, flexible: true },
      right('probability'),
      ...(score === undefined ? [] : [right(score)]),
    ]),
  ];
  const words = languages.map(({ suffix }) => topic.words[suffix]!);
  const rows = Array.from({ length: Math.max(...words.map(({ length }) => length)) }, (_, rank) => [
    String(rank + 1),
    ...words.flatMap((list) => {
      const word = list[rank];
      return [
        word?.word ?? '',
        word?.probability.toFixed(4) ?? '',
        ...(score === undefined ? [] : [word?.weight.toFixed(4) ?? '']),
      ];
    }),
  ]);
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const spread =
    shares === undefined
      ? []
      : languages.map(
          ({ code }, language) =>
            `${code}: ${percent(shares.means[language]![0]!)} of the training documents, main topic of ` +
            `${percent(shares.mainTopics[language]![0]!)}`,
        );
  return [
    `topic ${numbersOf(topic)}${topic.name === undefined ? '' : `: ${topic.name}`}`,
    ...spread,
    '',
    formatTable(columns, rows, style),
    '',
    RANKINGS[ranking],
  ].join('\n');
}

/** A topic's number, with those of the others that it is merged with. */
export function numbersOf({ members }: DescribedTopic): string {
  return members.join('+');
}

/** What a column of shares is headed by. */
export function sharesTitle(code: string): string {
  return `${code} %`;
}

/** A topic's mean share and the share of documents whose main topic it is, in percent. */
export function formatShares({ means, mainTopics }: TopicShares, language: number, topic: number): string {
  const percent = (share: number): string => (100 * share).toFixed(1).padStart(4);
  return `${percent(means[language]![topic]!)} ${percent(mainTopics[language]![topic]!)}`;
}

/** What a reader of the shares has to know. */
export function remarksOnShares({ isLevelled: levelled }: TopicShares): string[] {
  return [
    '%: mean share of the training documents; share of them with it as main topic',
    ...(levelled ? ['Do not compare shares between languages: normalisation is per-language.'] : []),
  ];
}

/** How evenly documents spread over the topics, in one line; nothing where it was not measured. */
export function formatSpread({ measures, languages, numTopics }: TopicEvaluation): string | undefined {
  const { topicShares } = measures;
  if (topicShares === undefined) return undefined;
  const { perLanguage } = topicShares;
  const each = (text: (shares: (typeof perLanguage)[number], index: number) => string): string =>
    perLanguage.map((shares, index) => `${text(shares, index)} (${languages[index]})`).join(', ');
  return 'Effective topics ' +
    `${each(({ effective }, index) => `${effective.toFixed(1)}${index === 0 ? ` of ${numTopics}` : ''}`)}; largest ` +
    `main topic ${each(({ largestMainTopic }) => `${(100 * largestMainTopic).toFixed(0)}%`)}`;
}
