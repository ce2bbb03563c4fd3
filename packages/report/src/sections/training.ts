import { z } from 'zod';
import type { RunEvent } from '@xtm/pipeline';
import type { Available } from '../contract/available';
import type { TrainingData } from '../contract/training-data';
import { finiteOrNull } from '../numbers';

const epochSchema = z.object({
  epoch: z.number(),
  losses: z.record(z.string(), z.number().nullable()),
  seconds: z.number().default(0),
  documentsPerSecond: z.number().nullable().default(null),
  peakMemory: z.number().default(0),
});

/** One epoch as the run recorded it. */
export type EpochEvent = z.output<typeof epochSchema>;

/** Points of a curve that a screen can tell apart. */
const MOST_POINTS = 600;

/** Epochs of a run, in time. */
export function epochEvents(events: readonly RunEvent[]): EpochEvent[] {
  return events.flatMap((event) => {
    const parsed = event.type === 'epoch' ? epochSchema.safeParse(event) : undefined;
    return parsed?.success ? [parsed.data] : [];
  });
}

/** The losses of every epoch, with the epochs at which topics were refined. */
export function describeTraining(events: readonly RunEvent[]): Available<TrainingData> {
  const every = epochEvents(events);
  if (every.length === 0) return { missing: 'This model is fitted in one go: there are no epochs.' };
  const stride = Math.ceil(every.length / MOST_POINTS);
  const epochs = every.filter((_, at) => at % stride === 0 || at === every.length - 1);
  const names = [...new Set(epochs.flatMap(({ losses }) => Object.keys(losses)))];
  return {
    data: {
      epochs: epochs.map(({ epoch }) => epoch),
      losses: names.map((name) => ({ name, values: epochs.map(({ losses }) => finiteOrNull(losses[name] ?? undefined)) })),
      refinements: events.filter(({ type }) => type === 'refinement').map(({ epoch }) => Number(epoch)),
    },
  };
}
