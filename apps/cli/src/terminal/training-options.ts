import type { Corpus, RunOptions } from '@xtm/contracts';
import { type RunSettings, type SettingsRunOptions, shortPath, type TrainingPlan } from '@xtm/pipeline';
import { note, type Terminal } from './terminal';

/**
 * How a terminal takes part in training: it names each run, beside what `withProgress` does.
 *
 * @param run what `withProgress` hands out
 */
export function trainingOptions(terminal: Terminal, run: RunOptions): SettingsRunOptions {
  return {
    ...run,
    environment: terminal.environment,
    onStart: (plan, corpus, settings) =>
      note(terminal, `${titleOf(plan, corpus, settings)} → ${shortPath(plan.folder!)}`),
  };
}

function titleOf(
  { model, training, refinement, backend }: TrainingPlan,
  { name }: Corpus,
  { refiner }: RunSettings,
): string {
  const more = refinement === undefined ? '' : ` + ${refinement.epochs}`;
  const epochs = 'epochs' in training ? `${training.epochs}${more} epochs` : 'fitted in one call';
  const refined = refinement === undefined ? '' : `, refined by ${refiner}`;
  return `${model} on ${name}, ${training.numTopics} topics, ${epochs}${refined} (${backend.name}, ${backend.path})`;
}
