import { RunFolderError } from '@xtm/contracts';
import { CheckpointStore } from '../run-folder/checkpoint-store';
import { eventLog } from '../run-folder/events';
import type { RunFolder } from '../run-folder/run-folder';

/**
 * Begins a run where another one ended its phase 1: takes over its last checkpoint and the record of its epochs. Does
 * nothing in a folder that has checkpoints of its own.
 *
 * @param source folder of the run to go on from; it is only read
 * @param epochs of its phase 1
 * @throws RunFolderError unless the checkpoint after that epoch is there and whole
 */
export function adoptPhaseOne(folder: RunFolder, source: string, epochs: number): void {
  if (folder.checkpoints.newest() !== undefined) return;
  const damaged: string[] = [];
  const checkpoint = new CheckpointStore(source, (file) => damaged.push(file)).newest(epochs);
  if (checkpoint?.epoch !== epochs) {
    const reason =
      damaged.length > 0
        ? `${damaged[0]} is damaged`
        : `there is no checkpoint after epoch ${epochs}, the end of phase 1`;
    throw new RunFolderError(source, reason, {
      advice: 'Train phase 1 alone, to its end: "xtm run" with --refiner none.',
    });
  }
  folder.events.adopt(eventLog(source), (event) => event.type === 'epoch' && event.epoch <= epochs);
  folder.checkpoints.save(epochs, checkpoint.bytes);
}
