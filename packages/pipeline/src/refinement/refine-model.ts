import type { BackboneResources, RunOptions } from '@xtm/contracts';
import type { RunFolder } from '../run-folder/run-folder';
import { trainEpochs } from '../training/train-epochs';
import type { Trainer } from '../training/trainer';
import { readRefinement, recordRefinement, recordRound } from './refinement-record';
import { RefinementPhase, type RefinementComponents } from './refinement-phase';
import type { RefinementSettings } from './refinement-settings';

export interface RefineModelInput extends RefinementComponents, RunOptions {
  readonly trainer: Trainer;
  readonly resources: BackboneResources;
  readonly settings: RefinementSettings;
  /** Learning rate that phase 1 began with. */
  readonly initialLearningRate: number;
  /** Epochs of phase 1. */
  readonly phaseOneEpochs: number;
  /** Epochs of both phases that are done; more than those of phase 1 when phase 2 is resumed. */
  readonly epochsDone: number;
  readonly lastCheckpoint?: string;
  readonly folder?: RunFolder;
}

/** Phase 2: refines topics at its first epoch and every few epochs, and trains on towards the refined words. */
export async function refineModel(input: RefineModelInput): Promise<void> {
  const { trainer, settings, folder, phaseOneEpochs, epochsDone, signal, onProgress } = input;
  let refining = epochsDone + 1;
  const phase = new RefinementPhase({ ...input, onRound: (report) => folder && recordRound(folder, refining, report) });
  try {
    const latest = folder && readRefinement(folder, epochsDone);
    if (latest !== undefined) await phase.adopt(latest);
    await trainEpochs(trainer, {
      stage: 'refining',
      from: epochsDone + 1,
      to: phaseOneEpochs + settings.epochs,
      clipNorm: settings.clipNorm,
      folder,
      lastCheckpoint: input.lastCheckpoint,
      signal,
      onProgress,
      startEpoch: async (epoch) => {
        const since = epoch - phaseOneEpochs - 1;
        if (since === 0) trainer.optimiser.learningRate = input.initialLearningRate * settings.learningRateFactor;
        if (since % settings.refineEvery === 0) {
          refining = epoch;
          const known = folder && readRefinement(folder, epoch, epoch);
          const before = phase.currentTopics();
          const topics = known ?? (await phase.refine({ signal, onProgress }));
          if (known === undefined && folder !== undefined) recordRefinement(folder, epoch, topics, before);
          await phase.adopt(topics);
        }
        return phase.startEpoch();
      },
    });
  } finally {
    phase.dispose();
  }
}
