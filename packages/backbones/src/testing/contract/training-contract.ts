import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { computeGradients } from '@xtm/tensor';
import { batchOf } from '../train';
import type { ContractSubject } from './subject';

/** Registers what training must do. */
export function trainingContract(subject: ContractSubject): void {
  it('lowers its loss', () => {
    const losses = subject.train(subject.backbone, 8);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses[7]!).toBeLessThan(0.97 * losses[0]!);
  });

  it('repeats a run of the same seed, and no other', () => {
    const [twin, other] = [subject.create(1), subject.create(7)];
    const losses = subject.train(subject.backbone, 2);
    expect(subject.train(twin, 2)).toEqual(losses);
    expect(subject.train(other, 2)).not.toEqual(losses);
    twin.dispose();
    other.dispose();
  });

  it('sends a gradient to every parameter', () => {
    const { backbone, resources } = subject;
    const batch = batchOf(resources.corpus, [...Array(32).keys()]);
    const context = { training: true, generator: new SeededGenerator(3) };
    const { value, gradients } = computeGradients(backbone.parameters, () => backbone.forward(batch, context).loss);
    expect([...gradients.keys()].sort()).toEqual([...backbone.parameters.keys()].sort());
    for (const [name, gradient] of gradients) {
      const largest = Math.max(...Array.from(gradient.dataSync(), Math.abs));
      expect([name, Number.isFinite(largest)]).toEqual([name, true]);
      // A bias in front of a BatchNorm has no influence, so its gradient may be zero.
      if (!name.endsWith('.bias')) expect([name, largest > 0]).toEqual([name, true]);
    }
    tf.dispose([value, ...gradients.values()]);
  });
}
