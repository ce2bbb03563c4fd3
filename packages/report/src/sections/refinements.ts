import type { RefinementEvent, ShownTopic } from '@xtm/pipeline';
import type { TopicRefinementData } from '../contract/topic-data';
import { significant } from '../numbers';

/** What refinements did to a topic; none of a merger, whose parts were refined apart. */
export function topicRefinements({ members, index }: ShownTopic, events: readonly RefinementEvent[], numLanguages: number): TopicRefinementData[] {
  if (members.length > 1) return [];
  return events.flatMap(({ epoch, before, topics }) => {
    const topic = topics[index];
    if (topic === undefined) return [];
    const { refined, agreement, rounds, theme, counts, discarded } = topic;
    return [{
      epoch,
      refined,
      agreement: significant(agreement, 3),
      rounds,
      ...(theme !== undefined && { theme }),
      ...(before?.[index] !== undefined && { before: before[index] }),
      after: topic.words,
      counts,
      discarded: Array.from({ length: numLanguages }, (_, language) => discarded.filter(({ languageIndex }) => languageIndex === language).map(({ word }) => word)),
    }];
  });
}
