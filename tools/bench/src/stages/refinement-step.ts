import type { BackboneDefinition, Embedder, TopicRefiner } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { loadResources } from '../workload/load-resources';
import { randomVectors } from '../workload/synthetic-vectors';
import type { Workload } from '../workload/workload';
import { trainSteps } from './train-steps';
import type { Stage } from './stage';

/** Batches an epoch: few, since an epoch of phase 1 comes before the first timed step. */
const BATCHES = 8;

/** Training steps of a backbone in phase 2; choosing the top words and their kernels, once an epoch, is no part of the median. */
export function refinementStage(definition: BackboneDefinition): Stage {
  return {
    name: `${definition.name}-phase-2`,
    step: 'training step of phase 2: the same with the word loss and the alignment of documents',
    async run(workload, clock) {
      const few = { ...workload, documents: Math.min(workload.documents, BATCHES * workload.batchSize) };
      const resources = await loadResources(few, [...definition.needs, 'wordEmbeddings', 'documentEmbeddings']);
      const refinement = { refiner: SAME_WORDS, embedder: randomEmbedder(few), options: { epochs: Number.MAX_SAFE_INTEGER } };
      await trainSteps({ definition, resources, workload: few, refinement }, clock);
      return {};
    },
  };
}

/** Which words a topic is refined to makes no difference to what a step costs. */
const SAME_WORDS: TopicRefiner = {
  name: 'same words',
  refine: async (topics) => ({ topics: topics.map(({ index, words }) => ({ index, words })), usage: { inputTokens: 0, outputTokens: 0 } }),
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
