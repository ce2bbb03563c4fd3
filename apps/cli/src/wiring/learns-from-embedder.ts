import { isDeepStrictEqual } from 'node:util';
import { backbones } from '@xtm/backbones';
import { InvalidOptionError, type BackboneNeed } from '@xtm/contracts';
import type { RunSettings } from '../settings/run-settings';
import type { EarlierRun } from './read-earlier-run';

/** Whether phase 1 of a model may ask an embedder for something. */
export function learnsFromEmbedder(model: string): boolean {
  return needsOf(model).some((need) => need !== 'dictionary');
}

/**
 * A model that learnt from embeddings in phase 1 goes on with the same in phase 2. InfoCTM may change its embedder: its
 * word vectors usually come with the dataset.
 *
 * @throws InvalidOptionError where the settings have another embedder than the earlier run, or other options of it
 */
export function checkSameEmbedder({ embedder, embedderOptions, model }: RunSettings, { settings: earlier }: EarlierRun): void {
  if (!needsOf(model).some((need) => need === 'wordEmbeddings' || need === 'documentEmbeddings')) return;
  const advice = 'Leave the embedder and its options as they were, or train both phases with the new ones by "xtm run".';
  const reason = `phase 1 of ${model} learnt from its embedder, and phase 2 goes on with the same`;
  if (embedder !== earlier['embedder']) throw new InvalidOptionError('embedder', embedder, `was ${String(earlier['embedder'])}: ${reason}`, { advice });
  if (!isDeepStrictEqual(embedderOptions, earlier['embedderOptions'])) throw new InvalidOptionError('embedderOptions', embedderOptions, `were ${JSON.stringify(earlier['embedderOptions'])}: ${reason}`, { advice });
}

function needsOf(model: string): readonly BackboneNeed[] {
  return backbones.get(model)?.needs ?? [];
}
