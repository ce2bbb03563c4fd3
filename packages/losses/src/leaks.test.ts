import * as tf from '@tensorflow/tfjs';
import {
  cka,
  debiasedCka,
  dirichletPrior,
  documentAlignment,
  documentAlignmentPerDocument,
  gaussianKl,
  infoNce,
  medianBandwidth,
  mmd,
  MULTI_KERNEL_MULTIPLES,
  mutualInformation,
  optimalTransport,
  prepareTopicMmd,
  reconstruction,
  sinkhorn,
  supervisedContrastive,
  topicContrast,
  unbiasedHsic,
} from './index';
import { describeOnBackends } from './testing/backends';
import { Draws } from './testing/draws';
import { randomRows } from './testing/sparse-rows';

const STEPS = 100;

/** What the losses take beside the matrix [4, 3] that is trained. */
function drawInputs() {
  const draws = new Draws(1);
  const other = draws.points(4, 3);
  return {
    other,
    three: tf.slice(other, 0, 3),
    trained: tf.variable(draws.points(4, 3)),
    weights: draws.weights(4),
    threeWeights: draws.weights(3),
    targets: randomRows(draws, 4, 3, 0.5),
    pairs: [randomRows(draws, 4, 4, 0.4), randomRows(draws, 4, 4, 0.4)] as const,
  };
}

type Inputs = ReturnType<typeof drawInputs>;

function topicMmdLoss(points: tf.Tensor2D, { other }: Inputs): tf.Scalar {
  const refinedWords = Array.from({ length: 4 }, (_, topic) => ({ words: [topic, 0], weights: [0.5, 0.5] }));
  const topicMmd = prepareTopicMmd(other, refinedWords).atTopWords([[0, 1, 2], [1, 2, 3], [2], [3, 0]]);
  const loss = topicMmd.loss(points);
  topicMmd.dispose();
  return loss;
}

const LOSSES: Readonly<Record<string, (points: tf.Tensor2D, inputs: Inputs) => tf.Tensor>> = {
  mmd: (points, { other, weights }) => mmd({ points, weights }, { points: other, weights }),
  'mmd of several bandwidths': (points, { other, weights }) => (
    mmd({ points, weights }, { points: other, weights }, { multiples: MULTI_KERNEL_MULTIPLES })
  ),
  prepareTopicMmd: topicMmdLoss,
  documentAlignment: (points, { other, three }) => documentAlignment(points, other, three),
  documentAlignmentPerDocument: (points, { other, three }) => documentAlignmentPerDocument(points, other, three, { form: 'released' }),
  cka: (points, { other }) => cka(points, other),
  debiasedCka: (points, { other }) => debiasedCka(points, other),
  unbiasedHsic: (points, { other }) => unbiasedHsic(points, other),
  mutualInformation: (points, { other, pairs }) => mutualInformation(points, other, pairs),
  infoNce: (points, { other }) => infoNce(points, other),
  topicContrast: (points, { other }) => topicContrast(points, other),
  supervisedContrastive: (points) => supervisedContrastive(points, [0, 1, 0, 1]),
  sinkhorn: (points, { weights, threeWeights }) => sinkhorn(points, weights, threeWeights),
  optimalTransport: (points, { other, weights }) => optimalTransport({ points, weights }, { points: other, weights }),
  gaussianKl: (points, { other }) => gaussianKl({ mean: points, logVariance: other }, dirichletPrior(3)),
  'gaussianKl of two posteriors': (points, { other }) => (
    gaussianKl({ mean: points, logVariance: other }, { mean: other, logVariance: points })
  ),
  reconstruction: (points, { targets }) => reconstruction(points, targets, { predictions: 'logits' }),
};

describeOnBackends('no tensor is left behind', () => {
  it.each(Object.entries(LOSSES))('by a hundred training steps with %s', (_, loss) => {
    const inputs = drawInputs();
    const optimiser = tf.train.sgd(1e-3);
    const step = () => optimiser.minimize(() => tf.sum(loss(inputs.trained, inputs)), false, [inputs.trained]);
    step();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    for (let count = 0; count < STEPS; count++) step();
    expect(tf.memory()).toMatchObject({ numTensors, numBytes, numDataBuffers });
  });

  it.each(Object.entries(LOSSES))('by evaluating %s outside a tidy, but for the value', (_, loss) => {
    const inputs = drawInputs();
    const { numTensors, numDataBuffers } = tf.memory();
    const value = loss(inputs.trained, inputs);
    expect(tf.memory()).toMatchObject({ numTensors: numTensors + 1, numDataBuffers: numDataBuffers + 1 });
    value.dispose();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });

  it('by medianBandwidth', () => {
    const { trained, other } = drawInputs();
    const { numTensors } = tf.memory();
    for (let count = 0; count < STEPS; count++) medianBandwidth(trained, other);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
