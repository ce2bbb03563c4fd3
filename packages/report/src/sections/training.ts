import type { EpochEvent, RefinementEvent, RunEvent } from '@xtm/pipeline';
import type { Available } from '../contract/available';
import type { TrainingData } from '../contract/training-data';
import { finiteOrNull } from '../numbers';

/** Points of a curve that a screen can tell apart. */
const MOST_POINTS = 600;

/** Epochs of a run, in time. */
export function epochEvents(events: readonly RunEvent[]): EpochEvent[] {
  return events.filter((event) => event.type === 'epoch');
}

/** A run's refinements, in time. */
export function refinementEvents(events: readonly RunEvent[]): RefinementEvent[] {
  return events.filter((event) => event.type === 'refinement');
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
      losses: names.map((name) => ({ name, values: epochs.map(({ losses }) => finiteOrNull(losses[name])) })),
      refinements: refinementEvents(events).map(({ epoch }) => epoch),
    },
  };
}
