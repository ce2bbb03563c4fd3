import type { Corpus } from '@xtm/contracts';

/** How long, in what steps and how boldly a backbone is trained. */
export interface TrainingRecipe {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly halveEvery: number;
}

/** Document pairs from which on an epoch has steps enough for the papers' batches. */
const MANY_PAIRS = 8_000;
const LEARNING_RATE = 0.002;
/** Training steps on a thousand document pairs. */
const STEPS = 1_500;
const FEWEST_STEPS = 1_000;
/** The learning rate is halved after each third of the training. */
const PARTS = 3;

/**
 * How a backbone is trained on a corpus of no preset, chosen on corpora of a thousand documents and tried on 300 and on
 * 40,000 (docs/own-texts.md). What counts is the number of steps: it grows with the square root of the
 * number of documents, from about a thousand steps on 300 documents per language to eight thousand on 30,000, whereas
 * epochs alone would leave small corpora untrained, or large ones training for hours.
 *
 * @param corpus its largest language says how many document pairs an epoch has
 */
export function trainingRecipe({ languages }: Corpus): TrainingRecipe {
  const pairs = Math.max(...languages.map(({ train }) => train.rows.rows));
  const batchSize = pairs < MANY_PAIRS ? 64 : 128;
  const steps = Math.max(FEWEST_STEPS, STEPS * Math.sqrt(pairs / 1_000));
  const epochs = Math.max(1, Math.ceil(steps / Math.ceil(pairs / batchSize)));
  return { epochs, batchSize, learningRate: LEARNING_RATE, halveEvery: Math.ceil(epochs / PARTS) };
}
