import { InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { gaussianClouds, pickDocuments, rowsOf } from '../testing/synthetic';
import type { LabelledFeatures } from './classify-topics';
import { trainLinearSvm } from './linear-svm';

const generator = new SeededGenerator(1);
const three = gaussianClouds(generator, 300, 6, ['sports', 'business', 'tech']);
const two = gaussianClouds(generator, 200, 6, ['no', 'yes']);

/** Gradient of ½·‖(w, b)‖² + C·Σ max(0, 1 − y(w·x + b))², by its definition. */
function gradientNorm(data: LabelledFeatures, positive: string, weights: Float64Array, intercept: number, cost: number): number {
  const all = [...weights, intercept];
  const gradient = [...all];
  rowsOf(data.features).forEach((row, document) => {
    const x = [...row, 1];
    const sign = data.labels[document] === positive ? 1 : -1;
    const margin = 1 - sign * x.reduce((sum, value, column) => sum + value * all[column]!, 0);
    if (margin > 0) x.forEach((value, column) => (gradient[column]! -= 2 * cost * sign * margin * value));
  });
  return Math.hypot(...gradient);
}

describe('trainLinearSvm', () => {
  it.each([0.01, 1, 100])('reaches the minimum of the objective with C %d', (cost) => {
    const svm = trainLinearSvm(three, { cost });
    expect(svm.classes).toEqual(['business', 'sports', 'tech']);
    svm.classes.forEach((label, model) => {
      expect(gradientNorm(three, label, svm.coefficients[model]!, svm.intercepts[model]!, cost)).toBeLessThan(1e-6);
    });
  });

  it('makes one model for two classes, telling the second from the first', async () => {
    const svm = trainLinearSvm(two);
    expect(svm.coefficients).toHaveLength(1);
    expect(gradientNorm(two, 'yes', svm.coefficients[0]!, svm.intercepts[0]!, 1)).toBeLessThan(1e-6);
    const predictions = await svm.predict(two.features);
    svm.decide(two.features).forEach(([value], document) => expect(predictions[document]).toBe(value! > 0 ? 'yes' : 'no'));
  });

  it('predicts the same whatever the order of the documents', async () => {
    const order = Array.from(three.labels.keys());
    generator.shuffle(order);
    const shuffled = trainLinearSvm(pickDocuments(three, order));
    expect(await shuffled.predict(three.features)).toEqual(await trainLinearSvm(three).predict(three.features));
  });

  it('separates what is separable', async () => {
    const features = { rows: 4, columns: 1, data: Float32Array.of(-2, -1, 1, 2) };
    const svm = trainLinearSvm({ features, labels: ['left', 'left', 'right', 'right'] }, { cost: 1000 });
    expect(await svm.predict(features)).toEqual(['left', 'left', 'right', 'right']);
  });

  it.each([
    ['one class', { features: { rows: 1, columns: 1, data: Float32Array.of(1) }, labels: ['a'] }],
    ['another number of labels', { features: { rows: 2, columns: 1, data: Float32Array.of(1, 2) }, labels: ['a'] }],
    ['NaN', { features: { rows: 2, columns: 1, data: Float32Array.of(1, Number.NaN) }, labels: ['a', 'b'] }],
  ])('refuses %s', (_, data) => {
    expect(() => trainLinearSvm(data)).toThrow(InvalidOptionError);
  });

  it('refuses C that is not positive and documents of another width', () => {
    expect(() => trainLinearSvm(two, { cost: 0 })).toThrow('cost');
    expect(() => trainLinearSvm(two).decide({ rows: 1, columns: 2, data: new Float32Array(2) })).toThrow('trained on 6');
  });
});
