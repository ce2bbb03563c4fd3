import * as tf from '@tensorflow/tfjs-core';
import {
  AbortedError,
  type BackboneDefinition,
  type Corpus,
  type Embedder,
  type ModelResources,
  type SparseRows,
  type TopicRefiner,
} from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { fit, type Refinement } from '@xtm/pipeline';
import { BatchNorm, collectVariables, computeGradients, Linear, normalTensor, softplus } from '@xtm/tensor';
import { firstBatchRows, loadResources, randomVectors, type Workload } from '../workload';
import { repeatStep, type Stage, type Ticker } from './stage';

const HIDDEN_UNITS = 100;

export const encoderStage: Stage = {
  name: 'encoder',
  step: 'posterior means of one language from bags of words, through two hidden layers of 100, with gradients',
  async run(workload, clock) {
    const rows = await firstBatchRows(workload);
    const generator = new SeededGenerator(workload.seed);
    const { encode, parameters } = createEncoder(rows.columns, workload.topics, generator);
    const outer = normalTensor(rows.rows, workload.topics, generator);
    repeatStep(clock, () => {
      const { value } = computeGradients(parameters, () => tf.mean(tf.mul(encode(rows), outer)));
      value.dataSync();
    });
    return {};
  },
};

interface Encoder {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  encode(rows: SparseRows): tf.Tensor2D;
}

/** The encoder that all backbones share in one form or another. */
function createEncoder(vocabulary: number, topics: number, generator: SeededGenerator): Encoder {
  const input = new Linear(vocabulary, HIDDEN_UNITS, generator);
  const hidden = new Linear(HIDDEN_UNITS, HIDDEN_UNITS, generator);
  const mean = new Linear(HIDDEN_UNITS, topics, generator);
  const norm = new BatchNorm(topics, { epsilon: 1e-3, momentum: 1e-3 });
  return {
    parameters: collectVariables({ input, hidden, mean, norm }, 'parameters'),
    encode: (rows) => norm.apply(mean.apply(softplus(hidden.apply(softplus(input.applySparse(rows))))), true),
  };
}

/** Training steps of a backbone in phase 1. */
export function backboneStage(definition: BackboneDefinition): Stage {
  return {
    name: definition.name,
    step: 'training step: batch assembly, forward, backward, clipping, Adam, loss read back',
    async run(workload, clock) {
      const resources = await loadResources(workload, definition.needs);
      await trainSteps({ definition, resources, workload }, clock);
      return { nonzeros: countNonzeros(resources.corpus) };
    },
  };
}

function countNonzeros({ languages }: Corpus): number {
  return languages.reduce((sum, { train }) => sum + train.rows.indices.length, 0);
}

/** Batches an epoch: few, since an epoch of phase 1 comes before the first timed step. */
const BATCHES = 8;

/**
 * Training steps of a backbone in phase 2; choosing the top words and their kernels, once per epoch, is no part of the
 * median.
 */
export function refinementStage(definition: BackboneDefinition): Stage {
  return {
    name: `${definition.name}-phase-2`,
    step: 'training step of phase 2: the same with the word loss and the alignment of documents',
    async run(workload, clock) {
      const few = { ...workload, documents: Math.min(workload.documents, BATCHES * workload.batchSize) };
      const resources = await loadResources(few, [...definition.needs, 'wordEmbeddings', 'documentEmbeddings']);
      const refinement = {
        refiner: SAME_WORDS,
        embedder: randomEmbedder(few),
        options: { epochs: Number.MAX_SAFE_INTEGER },
      };
      await trainSteps({ definition, resources, workload: few, refinement }, clock);
      return {};
    },
  };
}

/** Which words a topic is refined to makes no difference to what a step costs. */
const SAME_WORDS: TopicRefiner = {
  name: 'same words',
  refine: async (topics) => ({
    topics: topics.map(({ index, words }) => ({ index, words })),
    usage: { inputTokens: 0, outputTokens: 0 },
  }),
};

function randomEmbedder({ dimensions, seed }: Workload): Embedder {
  const generator = new SeededGenerator(seed).fork('texts');
  return {
    name: 'random',
    fingerprint: 'random',
    dimensions,
    embedDocuments: async ({ rows, texts }) => randomVectors(rows?.rows ?? texts?.length ?? 0, dimensions, generator),
    embedWords: async (words) => randomVectors(words.length, dimensions, generator),
    embedTexts: async (texts) => randomVectors(texts.length, dimensions, generator),
  };
}

interface TrainStepsOptions {
  readonly definition: BackboneDefinition;
  readonly resources: ModelResources;
  readonly workload: Workload;
  /** Phase 2, whose steps are then timed, after one epoch of phase 1. */
  readonly refinement?: Refinement;
}

/** As the pipeline names the phases in its progress. */
const PHASE_STAGES = { one: 'training', two: 'refining' } as const;

/**
 * Trains a backbone, with its default settings, by the very loop that `xtm run` trains with, until the clock has seen
 * enough steps.
 */
async function trainSteps(
  { definition, resources, workload, refinement }: TrainStepsOptions,
  clock: Ticker,
): Promise<void> {
  const { topics: numTopics, batchSize, seed } = workload;
  const timed = refinement === undefined ? PHASE_STAGES.one : PHASE_STAGES.two;
  const enough = new AbortController();
  await fit(resources, {
    model: { definition, options: definition.resolveOptions({}) },
    training: { numTopics, batchSize, seed, epochs: refinement === undefined ? Number.MAX_SAFE_INTEGER : 1 },
    ...(refinement && { refinement }),
    signal: enough.signal,
    onProgress: ({ stage }) => {
      if (stage === timed && !clock.tick()) enough.abort();
    },
  }).catch((error: unknown) => {
    if (!(error instanceof AbortedError)) throw error;
  });
}
