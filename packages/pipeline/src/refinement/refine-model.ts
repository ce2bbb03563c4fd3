import type { BackboneResources, RunOptions } from '@xtm/contracts';
import type { VotedTopic } from '@xtm/refiner';
import type { RunFolder } from '../run-folder/run-folder';
import { trainEpochs } from '../training/train-epochs';
import type { Trainer } from '../training/trainer';
import { readRefinement, recordRefinement, recordRound } from '../run-folder/refinements';
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
  /** How the words are ranked that the refiner is shown. */
  readonly wordRanking: 'characteristic' | 'weights';
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
          await phase.adopt(known ?? (await refineNow(phase, epoch, input)));
        }
        return phase.startEpoch();
      },
    });
  } finally {
    phase.dispose();
  }
}

/** Refines the topics as they are, and keeps what came of it before it is used. */
async function refineNow(phase: RefinementPhase, epoch: number, { folder, signal, onProgress }: RefineModelInput): Promise<readonly VotedTopic[]> {
  const current = await phase.currentTopics({ signal, onProgress });
  const topics = await phase.refine(current, { signal, onProgress });
  if (folder !== undefined) recordRefinement(folder, epoch, topics, current.topics);
  return topics;
}
