import type { EvaluationWarning, TopicEvaluation } from '@xtm/metrics';
import type { WarningData } from '../contract/warning-data';
import { describeLanguage } from '../language-name';

/** What each kind of warning comes to, in the words of somebody who wants to use the topics. */
const TITLES: Readonly<Record<EvaluationWarning['kind'], string>> = {
  fewEffectiveTopics: 'Most topics are hardly used',
  largeMainTopic: 'One topic takes most of the documents',
  uninformativeProportions: 'Knowing a document’s topics does not help to predict its words',
};

/** The evaluation's warnings, those of one kind together. */
export function describeWarnings({ warnings, numTopics }: Pick<TopicEvaluation, 'warnings' | 'numTopics'>): WarningData[] {
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    title: TITLES[kind] ?? 'The topics say little about the documents',
    facts: warnings.filter((warning) => warning.kind === kind).map((warning) => factOf(warning, numTopics)),
  }));
}

function factOf({ kind, language, value, message }: EvaluationWarning, numTopics: number): string {
  const name = describeLanguage({ code: language, suffix: language }).name;
  if (kind === 'fewEffectiveTopics') return `${name}: documents spread as if there were ${value.toFixed(1)} topics, not ${numTopics}.`;
  if (kind === 'largeMainTopic') return `${name}: ${Math.round(100 * value)}% of the documents have the same main topic.`;
  if (kind === 'uninformativeProportions') return `${name}: ${value <= 0 ? 'unseen words are predicted no better than by how frequent they are' : 'unseen words are predicted no better than by another document’s topics'}.`;
  return message;
}
