import { SeededGenerator } from '@xtm/numeric';
import { matMul, normalTensor } from '@xtm/tensor';
import { repeatStep, type Stage } from './stage';

/** A step takes 6·batch·topics·vocabulary operations, which over its time is how fast products are. */
export const matrixProductsStage: Stage = {
  name: 'matrix-products',
  step: "the three products of one language's decoder: batch × topics by topics × vocabulary, and those of its gradients",
  async run({ batchSize, topics, vocabulary, seed }, clock) {
    const generator = new SeededGenerator(seed);
    const [theta, beta, gradient] = [normalTensor(batchSize, topics, generator), normalTensor(topics, vocabulary, generator), normalTensor(batchSize, vocabulary, generator)] as const;
    repeatStep(clock, () => {
      matMul(theta, beta);
      matMul(theta, gradient, true, false);
      // The last and smallest result is read, which waits for all of them.
      matMul(gradient, beta, false, true).dataSync();
    });
    for (const tensor of [theta, beta, gradient]) tensor.dispose();
    return {};
  },
};
