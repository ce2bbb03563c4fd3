import type { Corpus } from '@xtm/contracts';
import type { RunSettings, SettingsRunOptions, TrainingPlan } from '@xtm/pipeline';
import type { ProgressDisplay } from './progress-display';
import { note, shortPath, type Terminal } from './terminal';

/**
 * How a terminal takes part in training: it names each run, shows how far it is and what it warns of, and may stop it.
 */
export function trainingOptions(terminal: Terminal, progress: ProgressDisplay): SettingsRunOptions {
  return {
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: progress.update,
    onWarning: (warning) => note(terminal, `warning: ${warning}`),
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
