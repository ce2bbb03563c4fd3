import * as tf from '@tensorflow/tfjs-core';
import {
  AbortedError,
  TrainingDivergedError,
  type Backbone,
  type Batch,
  type Corpus,
  type RandomGenerator,
} from '@xtm/contracts';
import { batchRows, countPairBatches, pairBatches } from '@xtm/data';
import { Adam, computeGradients, decayLearningRate } from '@xtm/tensor';
import { LossAverage, type EpochFigures } from './epoch-figures';
import { nextTurn } from './next-turn';
import type { Objective } from './objective';
import type { TrainingSettings } from './training-settings';

export interface TrainerInput {
  readonly backbone: Backbone;
  readonly corpus: Corpus;
  readonly settings: TrainingSettings;
  /** Source of shuffles and noise. Every epoch forks its own, so that an epoch's draws depend on seed and epoch only. */
  readonly generator: RandomGenerator;
}

/** How an epoch is run. */
export interface EpochOptions {
  readonly objective: Objective;
  /** Largest global gradient norm; null: no clipping. */
  readonly clipNorm: number | null;
  readonly signal?: AbortSignal;
  /** Called after every step with the share of the epoch that is done and the step's loss. */
  readonly onStep?: (share: number, loss: number) => void;
  /** Named in the error when a loss stops being finite. */
  readonly lastCheckpoint?: string;
}

/** Trains a backbone epoch by epoch; both phases run on it, each with its own objective. */
export class Trainer {
  readonly backbone: Backbone;
  readonly optimiser: Adam;
  readonly #corpus: Corpus;
  readonly #settings: TrainingSettings;
  readonly #generator: RandomGenerator;

  constructor({ backbone, corpus, settings, generator }: TrainerInput) {
    this.backbone = backbone;
    this.optimiser = new Adam(backbone.parameters, { learningRate: settings.learningRate });
    this.#corpus = corpus;
    this.#settings = settings;
    this.#generator = generator;
  }

  /**
   * Runs one epoch over all document pairs, and decays the learning rate at its end when that is due.
   *
   * @param epoch counted from 1
   * @throws TrainingDivergedError when a loss is not finite, AbortedError when the signal says so.
   */
  async runEpoch(epoch: number, options: EpochOptions): Promise<EpochFigures> {
    const startedAt = performance.now();
    const { batchSize, halveEvery } = this.#settings;
    const sizes = this.#corpus.languages.map(({ train }) => train.rows.rows);
    const numBatches = countPairBatches(sizes, batchSize);
    const learningRate = this.optimiser.learningRate;
    const noise = this.#generator.fork(`noise of epoch ${epoch}`);
    const average = new LossAverage();
    let index = 0;
    for (const documents of pairBatches({
      sizes,
      batchSize,
      generator: this.#generator.fork(`shuffle of epoch ${epoch}`),
    })) {
      if (options.signal?.aborted)
        throw new AbortedError('training', {
          advice: 'Run the same command again: it resumes after the last finished epoch.',
        });
      const step = this.#step(batchRows(this.#corpus, documents), noise, options);
      index += 1;
      checkFinite(step, epoch, index, options.lastCheckpoint);
      average.add(step.names, step.values, step.gradientNorm);
      options.onStep?.(index / numBatches, step.values[0]!);
      await nextTurn();
    }
    this.optimiser.learningRate = decayLearningRate(learningRate, epoch, { every: halveEvery });
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      epoch,
      learningRate,
      losses: average.losses,
      gradientNorm: average.gradientNorm,
      seconds,
      documentsPerSecond: (Math.max(...sizes) * sizes.length) / seconds,
      numTensors: tf.memory().numTensors,
      peakMemory: process.resourceUsage().maxRSS * 1024,
    };
  }

  dispose(): void {
    this.optimiser.dispose();
  }

  #step(batch: Batch, generator: RandomGenerator, { objective, clipNorm }: EpochOptions): Step {
    let names: string[] = [];
    let values: ArrayLike<number> = [];
    let gradientNorm = 0;
    tf.tidy(() => {
      const { gradients } = computeGradients(this.backbone.parameters, () => {
        const { loss, parts } = objective(this.backbone.forward(batch, { training: true, generator }), batch);
        names = ['loss', ...Object.keys(parts)];
        values = tf.stack([loss, ...Object.values(parts)]).dataSync();
        return loss;
      });
      gradientNorm = this.optimiser.step(gradients, clipNorm ?? undefined);
    });
    return { names, values, gradientNorm };
  }
}

interface Step {
  readonly names: readonly string[];
  readonly values: ArrayLike<number>;
  readonly gradientNorm: number;
}

/** Blames the addend that is not finite before the sum, and the gradient last. */
function checkFinite(
  { names, values, gradientNorm }: Step,
  epoch: number,
  batch: number,
  lastCheckpoint: string | undefined,
): void {
  const broken = names.map((name, i) => [name, values[i]!] as const).filter(([, value]) => !Number.isFinite(value));
  const part = broken.at(-1)?.[0] ?? (Number.isFinite(gradientNorm) ? undefined : 'gradient');
  if (part !== undefined) throw new TrainingDivergedError(epoch, batch, part, lastCheckpoint);
}
