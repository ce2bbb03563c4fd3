import { z } from 'zod';
import type { ShownTopic } from '@xtm/pipeline';
import type { TopicRefinementData } from '../contract/topic-data';
import type { RunMaterial } from '../run/run-material';
import { significant } from '../numbers';

const words = z.array(z.array(z.string()));

const eventSchema = z.object({
  epoch: z.number(),
  before: z.array(words).optional(),
  topics: z.array(
    z.object({
      refined: z.boolean(),
      words,
      counts: z.array(z.array(z.number())),
      rounds: z.number(),
      agreement: z.number(),
      discarded: z.array(z.object({ languageIndex: z.number(), word: z.string() })).default([]),
      theme: z.string().optional(),
    }),
  ),
});

/** A run's refinements, in time. */
export type RefinementEvent = z.output<typeof eventSchema>;

/** What was recorded of refinements; what is of another shape is passed over. */
export function refinementEvents({ events }: RunMaterial): RefinementEvent[] {
  return events.flatMap((event) => {
    const parsed = event.type === 'refinement' ? eventSchema.safeParse(event) : undefined;
    return parsed?.success ? [parsed.data] : [];
  });
}

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
