import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from './backend/use-backend';
import { disposeVariables, Linear } from './layers';
import { softplus } from './operations/decoder-loss';
import { Adam, computeGradients, decayLearningRate } from './optimiser';
import { randomTensor, relativeDifference } from './testing';
import { PATHS } from './testing/paths';

/** Adam as published, in 64 bits. */
class ReferenceAdam {
  readonly values: number[][];
  readonly #first: number[][];
  readonly #second: number[][];
  #steps = 0;

  constructor(initial: readonly ArrayLike<number>[]) {
    this.values = initial.map((values) => Array.from(values));
    this.#first = this.values.map((values) => values.map(() => 0));
    this.#second = this.values.map((values) => values.map(() => 0));
  }

  step(gradients: readonly ArrayLike<number>[], learningRate: number, clipNorm: number): number {
    const norm = Math.sqrt(
      gradients.reduce((sum, gradient) => Array.from(gradient).reduce((s, g) => s + g * g, sum), 0),
    );
    const scale = Math.min(1, clipNorm / (norm + 1e-6));
    this.#steps++;
    this.values.forEach((values, p) =>
      values.forEach((_, i) => {
        const slope = scale * gradients[p]![i]!;
        const m = (this.#first[p]![i] = 0.9 * this.#first[p]![i]! + 0.1 * slope);
        const v = (this.#second[p]![i] = 0.999 * this.#second[p]![i]! + 0.001 * slope * slope);
        values[i]! -=
          (learningRate * (m / (1 - 0.9 ** this.#steps))) / (Math.sqrt(v / (1 - 0.999 ** this.#steps)) + 1e-8);
      }),
    );
    return norm;
  }
}

function variables(generator: SeededGenerator): Map<string, tf.Variable> {
  const variable = (shape: [number] | [number, number]): tf.Variable =>
    tf.tidy(() => tf.variable(randomTensor(shape, generator)));
  return new Map([['matrix', variable([7, 5])], ['vector', variable([3])]]);
}

describe.each(PATHS)('Adam on %s, kernels %s', (backend, kernels) => {
  beforeAll(async () => {
    await useBackend(backend, { kernels });
  });

  it('follows the published rule with clipping, and reports the norm before it', () => {
    const generator = new SeededGenerator(1);
    const parameters = variables(generator);
    const reference = new ReferenceAdam([...parameters.values()].map((parameter) => parameter.dataSync()));
    const optimiser = new Adam(parameters, { learningRate: 0.01 });
    for (let step = 0; step < 70; step++) {
      tf.tidy(() => {
        optimiser.learningRate = step < 50 ? 0.01 : 0.005;
        const gradients = new Map(
          [...parameters].map(([name, parameter]) => [
            name,
            randomTensor(parameter.shape as [number], generator, step % 2 === 0 ? 0.01 : 1),
          ]),
        );
        const norm = reference.step(
          [...gradients.values()].map((gradient) => gradient.dataSync()),
          optimiser.learningRate,
          1,
        );
        expect(optimiser.step(gradients, 1)).toBeCloseTo(norm, 4);
      });
    }
    [...parameters.values()].forEach((parameter, index) =>
      expect(relativeDifference(parameter, reference.values[index]!)).toBeLessThan(1e-5),
    );
    optimiser.dispose();
    disposeVariables(parameters);
  });

  it('leaves parameters without a gradient alone', () => {
    const parameters = variables(new SeededGenerator(2));
    const before = parameters.get('matrix')!.dataSync().slice();
    const optimiser = new Adam(parameters, { learningRate: 0.1 });
    tf.tidy(() => optimiser.step(new Map([['vector', tf.ones([3])]])));
    expect(parameters.get('matrix')!.dataSync()).toEqual(before);
    optimiser.dispose();
    disposeVariables(parameters);
  });

  it('changes no tensor that shares elements with a parameter', () => {
    const initial = tf.tensor1d([1, 2, 3]);
    const parameter = tf.variable(initial);
    const copy = tf.clone(parameter);
    const optimiser = new Adam(new Map([['p', parameter]]), { learningRate: 0.1 });
    tf.tidy(() => optimiser.step(new Map([['p', tf.ones([3])]])));
    expect([...initial.dataSync(), ...copy.dataSync()]).toEqual([1, 2, 3, 1, 2, 3]);
    expect(relativeDifference(parameter, [0.9, 1.9, 2.9])).toBeLessThan(1e-5);
    optimiser.dispose();
    tf.dispose([initial, copy, parameter]);
  });

  it('is seen by the matrix product of TensorFlow.js, which keeps packed copies of its right operand', () => {
    const parameter = tf.tidy(() => tf.variable(tf.ones<tf.Rank.R2>([3, 4])));
    const optimiser = new Adam(new Map([['p', parameter]]), { learningRate: 0.5 });
    const product = (): number => tf.tidy(() => tf.matMul(tf.ones<tf.Rank.R2>([2, 3]), parameter).dataSync()[0]!);
    expect(product()).toBeCloseTo(3);
    tf.tidy(() => optimiser.step(new Map([['p', tf.ones([3, 4])]])));
    expect(product()).toBeCloseTo(1.5);
    optimiser.dispose();
    parameter.dispose();
  });

  it('lets no moment end as a denormal number', () => {
    if (!kernels) return;
    const parameter = tf.tidy(() => tf.variable(tf.zeros([6])));
    const optimiser = new Adam(new Map([['p', parameter]]), { learningRate: 0.1 });
    const gradient = tf.tensor1d([1, 1e-10, 1e-14, 0, 1, 1e-12]);
    const silence = tf.zeros([6]);
    optimiser.step(new Map([['p', gradient]]));
    const smallest = (): number =>
      Math.min(
        ...[...optimiser.moments.values()]
          .flatMap((moment) => [...moment.dataSync()])
          .filter((value) => value !== 0)
          .map(Math.abs),
      );
    for (let step = 0; step < 1000; step++) {
      optimiser.step(new Map([['p', silence]]));
      expect(smallest()).toBeGreaterThan(1.2e-38);
    }
    expect(optimiser.moments.get('p.first')!.dataSync()[0]).toBe(0);
    optimiser.dispose();
    tf.dispose([parameter, gradient, silence]);
  });

  describe('training', () => {
    const train = (from: Adam, parameters: Map<string, tf.Variable>, layer: Linear, steps: number): Float32Array => {
      const generator = new SeededGenerator(9);
      for (let step = 0; step < steps; step++) {
        tf.tidy(() => {
          const x = randomTensor<tf.Rank.R2>([4, 5], generator);
          const { gradients } = computeGradients(parameters, () => tf.mean(softplus(layer.apply(x))));
          from.step(gradients, 1);
        });
      }
      return layer.weight.dataSync().slice() as Float32Array;
    };
    const start = (): [Adam, Map<string, tf.Variable>, Linear] => {
      const layer = new Linear(5, 3, new SeededGenerator(4));
      const parameters = new Map(layer.parameters);
      return [new Adam(parameters, { learningRate: 0.01 }), parameters, layer];
    };

    it('repeats to the bit, keeps no tensors, and resumes from saved moments', () => {
      const [optimiser, parameters, layer] = start();
      train(optimiser, parameters, layer, 3);
      const tensors = tf.memory().numTensors;
      const [saved, moments] = [[...parameters.values()], [...optimiser.moments.values()]].map((list) =>
        list.map((variable) => variable.dataSync().slice()),
      );
      const finished = train(optimiser, parameters, layer, 5);
      expect(tf.memory().numTensors).toBe(tensors);

      const [again, sameParameters, sameLayer] = start();
      train(again, sameParameters, sameLayer, 3);
      expect(train(again, sameParameters, sameLayer, 5)).toEqual(finished);

      const [resumed, freshParameters, freshLayer] = start();
      tf.tidy(() => {
        [...freshParameters.values()].forEach((variable, index) =>
          variable.assign(tf.tensor(saved![index]!, variable.shape)),
        );
        [...resumed.moments.values()].forEach((variable, index) =>
          variable.assign(tf.tensor(moments![index]!, variable.shape)),
        );
      });
      resumed.resume(3, 0.01);
      expect(train(resumed, freshParameters, freshLayer, 5)).toEqual(finished);
      [optimiser, again, resumed].forEach((each) => each.dispose());
      disposeVariables(parameters, sameParameters, freshParameters);
    });
  });

  it('computeGradients leaves out parameters that the loss does not depend on', () => {
    const parameters = variables(new SeededGenerator(2));
    tf.tidy(() => {
      const { value, gradients } = computeGradients(parameters, () => tf.sum(tf.square(parameters.get('vector')!)));
      expect([...gradients.keys()]).toEqual(['vector']);
      expect(
        relativeDifference(
          gradients.get('vector')!,
          [...parameters.get('vector')!.dataSync()].map((x) => 2 * x),
        ),
      ).toBeLessThan(1e-6);
      expect(value.shape).toEqual([]);
    });
    disposeVariables(parameters);
  });
});

describe('decayLearningRate', () => {
  it('multiplies at every so many epochs, from whatever the rate is', () => {
    const rates = [0, 1, 124, 125, 126, 250].map((epoch) => decayLearningRate(0.004, epoch, { every: 125 }));
    expect(rates).toEqual([0.004, 0.004, 0.004, 0.002, 0.004, 0.002]);
    expect(decayLearningRate(1, 3, { every: 3, factor: 0.1 })).toBeCloseTo(0.1);
  });
});
