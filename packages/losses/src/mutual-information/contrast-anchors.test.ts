import * as tf from '@tensorflow/tfjs';
import { normaliseRows } from '../internal/normalise-rows';
import { describeOnBackends } from '../testing/backends';
import { Draws, forSizes } from '../testing/draws';
import { expectClose } from '../testing/golden';
import { randomRows } from '../testing/sparse-rows';
import { contrastAnchors } from './contrast-anchors';

describeOnBackends('contrastAnchors', () => {
  it('adds up to the same over tiles of any size', () => {
    forSizes(({ n, m, dimensions, draws }) => {
      const [anchors, candidates] = [normaliseRows(draws.points(3 * n, dimensions)), normaliseRows(draws.points(2 * m, dimensions))];
      const positives = randomRows(draws, 3 * n, 2 * m, 0.3);
      const whole = contrastAnchors(anchors, candidates, positives, 0.2);
      for (const tileEntries of [1, 4 * m, 10 * m]) {
        const tiled = contrastAnchors(anchors, candidates, positives, 0.2, tileEntries);
        expectClose(tiled.loss, whole.loss.dataSync());
        expectClose(tiled.anchorGradient, whole.anchorGradient.dataSync());
        expectClose(tiled.candidateGradient, whole.candidateGradient.dataSync());
      }
    }, 6);
  });

  it('holds no more than a tile of similarities at a time', async () => {
    const [numAnchors, numCandidates, tileEntries] = [40, 50, 500];
    const draws = new Draws(3);
    const anchors = normaliseRows(draws.points(numAnchors, 2));
    const candidates = normaliseRows(draws.points(numCandidates, 2));
    const positives = randomRows(draws, numAnchors, numCandidates, 0.05);
    const { kernels } = await tf.profile(() => contrastAnchors(anchors, candidates, positives, 0.2, tileEntries).loss);
    const sizes = kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => tf.util.sizeFromShape(shape)));
    expect(sizes.length).toBeGreaterThan(100);
    expect(Math.max(...sizes)).toBe(tileEntries);
  });
});
