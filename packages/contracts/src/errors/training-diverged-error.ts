import { XtmError } from './xtm-error';

/** A loss became NaN or infinite. */
export class TrainingDivergedError extends XtmError {
  readonly code = 'TRAINING_DIVERGED';
  readonly epoch: number;
  readonly batch: number;
  /** The addend of the loss that is not finite. */
  readonly part: string;

  constructor(epoch: number, batch: number, part: string, lastCheckpoint: string | undefined) {
    super(`loss part ${part} is not finite in epoch ${epoch}, batch ${batch}`, {
      advice: `Lower learningRate, under another run name${lastCheckpoint === undefined ? '' : `; the last good checkpoint is ${lastCheckpoint}`}.`,
    });
    this.epoch = epoch;
    this.batch = batch;
    this.part = part;
  }
}
