import { basename, resolve } from 'node:path';
import { RunFolderError } from '@xtm/contracts';
import { CheckpointStore, type StoredCheckpoint } from '../run-folder/checkpoint-store';
import { eventLog, type EventLog } from '../run-folder/events';
import type { RunFolder } from '../run-folder/run-folder';

/** The end of a phase 1, from which phase 2 goes on as if it had never stopped. */
export interface PhaseOneEnd {
  /** Name of the run, where it is kept in a folder. */
  readonly name?: string;
  /** The record of its epochs, where there is one. */
  readonly events?: EventLog;
  /** Its checkpoint after that epoch. Throws `RunFolderError` unless it is there and whole. */
  checkpoint(epochs: number): StoredCheckpoint;
}

/** The end of the phase 1 of a run in a folder, which is only read. */
export function phaseOneOfFolder(folder: string): PhaseOneEnd {
  const path = resolve(folder);
  return {
    name: basename(path),
    get events() {
      return eventLog(path);
    },
    checkpoint: (epochs) => lastCheckpoint(path, epochs),
  };
}

/** The end of a phase 1 that was trained without a folder, where it came to one. */
export function phaseOneInMemory(ended: readonly StoredCheckpoint[]): PhaseOneEnd {
  return {
    checkpoint: (epochs) => {
      const checkpoint = ended.find(({ epoch }) => epoch === epochs);
      if (checkpoint === undefined)
        throw new RunFolderError('memory', `there is no end of phase 1 after epoch ${epochs}`);
      return checkpoint;
    },
  };
}

/** Begins a run where another one ended its phase 1. Does nothing in a folder that has checkpoints of its own. */
export function adoptPhaseOne(folder: RunFolder, end: PhaseOneEnd, epochs: number): void {
  if (folder.checkpoints.newest() !== undefined) return;
  const { bytes } = end.checkpoint(epochs);
  if (end.events !== undefined)
    folder.events.adopt(end.events, (event) => event.type === 'epoch' && event.epoch <= epochs);
  folder.checkpoints.save(epochs, bytes);
}

function lastCheckpoint(path: string, epochs: number): StoredCheckpoint {
  const damaged: string[] = [];
  const checkpoints = new CheckpointStore(path, (file) => damaged.push(file));
  const checkpoint = checkpoints.newest(epochs);
  if (checkpoint?.epoch === epochs) return checkpoint;
  const missing = `there is no checkpoint after epoch ${epochs}, the end of phase 1`;
  const [reason] = [
    ...damaged.map((file) => `${file} is damaged`),
    // Another phase 2 went on from it, and kept its own newest ones only.
    ...(checkpoints.newest() === undefined ? [] : [`${missing}, any more: earlier versions did not keep it`]),
    missing,
  ];
  throw new RunFolderError(path, reason!, { advice: 'Train phase 1 alone, to its end: without a refiner.' });
}
