import { z } from 'zod';
import { RunFolderError } from '@xtm/contracts';
import { assignVariables, decodeSafetensors, encodeSafetensors, readVariables } from '@xtm/tensor';
import type { StoredCheckpoint } from '../run-folder/checkpoint-store';
import type { Trainer } from './trainer';

const metadataSchema = z.object({
  epoch: z.coerce.number(),
  steps: z.coerce.number(),
  learningRate: z.coerce.number(),
});

/**
 * All that training after an epoch depends on: parameters, running statistics and the optimiser's moments, with its
 * step count and learning rate. Draws need no state: every epoch forks its own generator from the seed.
 */
export function encodeCheckpoint({ backbone, optimiser }: Trainer, epoch: number): Uint8Array {
  return encodeSafetensors(
    new Map([
      ...readVariables(backbone.parameters),
      ...readVariables(backbone.buffers),
      ...readVariables(optimiser.moments),
    ]),
    { epoch: String(epoch), steps: String(optimiser.steps), learningRate: String(optimiser.learningRate) },
  );
}

/** Puts a trainer into the state that `encodeCheckpoint` took; returns the epoch after which that was. */
export function restoreCheckpoint({ backbone, optimiser }: Trainer, { file, bytes }: StoredCheckpoint): number {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const facts = metadataSchema.safeParse(metadata);
  if (!facts.success)
    throw new RunFolderError(file, 'the checkpoint does not say after which epoch it was made', {
      advice: 'Delete it to resume from the one before.',
    });
  assignVariables(backbone.parameters, tensors, file);
  assignVariables(backbone.buffers, tensors, file);
  assignVariables(optimiser.moments, tensors, file);
  optimiser.resume(facts.data.steps, facts.data.learningRate);
  return facts.data.epoch;
}
