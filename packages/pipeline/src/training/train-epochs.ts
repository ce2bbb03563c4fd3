import type { RunOptions } from '@xtm/contracts';
import type { RunFolder } from '../run-folder/run-folder';
import { encodeCheckpoint } from './checkpoint';
import type { EpochFigures } from './epoch-figures';
import type { Objective } from './objective';
import type { Trainer } from './trainer';

export interface TrainEpochsOptions extends RunOptions {
  /** Named in progress and events. */
  readonly stage: string;
  /** First and last epoch to run, counted from 1 over the whole run. */
  readonly from: number;
  readonly to: number;
  readonly clipNorm: number | null;
  /** What the steps of an epoch minimise; called as each epoch starts. */
  readonly startEpoch: (epoch: number) => Objective | Promise<Objective>;
  /** Where events and a checkpoint after every epoch go, if anywhere. */
  readonly folder?: RunFolder;
  readonly lastCheckpoint?: string;
}

/** Runs epochs, each recorded and checkpointed as it ends. */
export async function trainEpochs(trainer: Trainer, options: TrainEpochsOptions): Promise<EpochFigures[]> {
  const { stage, from, to, clipNorm, startEpoch, folder, signal, onProgress } = options;
  const figures: EpochFigures[] = [];
  let { lastCheckpoint } = options;
  let documentsPerSecond = 0;
  for (let epoch = from; epoch <= to; epoch++) {
    const result = await trainer.runEpoch(epoch, {
      objective: await startEpoch(epoch),
      clipNorm,
      signal,
      lastCheckpoint,
      onStep: (share, loss) =>
        onProgress?.({
          stage,
          done: epoch - from + share,
          total: to - from + 1,
          figures: { epoch, loss, 'documents/s': Math.round(documentsPerSecond) },
        }),
    });
    documentsPerSecond = result.documentsPerSecond;
    figures.push(result);
    // The event goes first: an epoch whose checkpoint was not written is dropped from the record when it is run again.
    folder?.events.append({ type: 'epoch', stage, ...result });
    lastCheckpoint = folder?.checkpoints.save(epoch, encodeCheckpoint(trainer, epoch)) ?? lastCheckpoint;
  }
  return figures;
}
