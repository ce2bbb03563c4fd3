import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainWriteError } from '@xtm/contracts';
import { CHECKPOINTS_FOLDER, CheckpointStore } from './checkpoint-store';
import { eventLog, type EventLog } from './events';
import { HeldFolder } from './folder-lock';
import { roundLog, type RoundLog } from './refinements';
import { refuseNewerFormat } from './run-file';

/**
 * A run folder that this process may write into: it holds the folder's lock. What writes takes one of these, and
 * writes every file whole or not at all; what reads takes a path.
 */
export class RunFolder extends HeldFolder {
  /** What happened: `events.jsonl`. */
  readonly events: EventLog;
  /** Every round of every refinement as it came: `refinements.jsonl`. */
  readonly refinements: RoundLog;
  readonly checkpoints: CheckpointStore;

  private constructor(path: string, onWarning: (warning: string) => void) {
    super(path);
    this.events = eventLog(path);
    this.refinements = roundLog(path);
    this.checkpoints = new CheckpointStore(path, (file) => {
      const warning = `${file} is damaged and was passed over`;
      this.events.append({ type: 'warning', warning, time: new Date().toISOString() });
      onWarning(warning);
    });
  }

  /**
   * Opens the folder for writing, making it if it is new, and clears away what a killed process left unfinished.
   *
   * @param onWarning told of damage that was got over; the folder's events have it too
   * @throws RunFolderError while another process has it, and for a folder that a newer version of xtm wrote;
   *   WriteError where it cannot be written to
   */
  static open(path: string, onWarning: (warning: string) => void = () => undefined): RunFolder {
    try {
      refuseNewerFormat(path);
      mkdirSync(path, { recursive: true });
      const folder = new RunFolder(path, onWarning);
      folder.#removeLeftovers();
      folder.events.mend();
      folder.refinements.mend();
      return folder;
    } catch (error) {
      throw explainWriteError(path, error);
    }
  }

  /** What a killed process had written aside and not yet renamed. */
  #removeLeftovers(): void {
    for (const folder of [this.path, join(this.path, CHECKPOINTS_FOLDER)]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder)) if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
    }
  }
}
