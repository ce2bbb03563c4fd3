import * as tf from '@tensorflow/tfjs-core';
import { InvalidOptionError, MissingNeedError, type ModelResources } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { inferAll } from '../variables';
import type { ContractSubject } from './subject';

/** Registers what creating and disposing must do. */
export function lifecycleContract(subject: ContractSubject): void {
  it('frees every tensor when disposed', () => {
    const before = tf.memory().numTensors;
    const another = subject.create(1);
    subject.train(another, 1);
    inferAll(another, subject.resources.corpus.languages[0]!.train.rows, 0);
    tf.dispose(another.topicWord());
    another.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says which of its needs is missing', () => {
    for (const need of subject.definition.needs) {
      const without: ModelResources = { ...subject.resources, [need]: undefined };
      expect(() => subject.create(1, without)).toThrow(MissingNeedError);
      expect(() => subject.create(1, without)).toThrow(need);
    }
  });

  it('fills in defaults, once and for all', () => {
    const resolved = subject.definition.resolveOptions(subject.options);
    expect(resolved).toMatchObject(subject.options);
    expect(subject.definition.resolveOptions(resolved)).toEqual(resolved);
  });

  it('refuses unknown options, impossible values and fewer than two topics', () => {
    const { definition, options, resources } = subject;
    expect(() => definition.resolveOptions({ hiddenUnit: 5 })).toThrow(InvalidOptionError);
    expect(() => definition.resolveOptions({ hiddenUnits: -5 })).toThrow(/hiddenUnits/);
    expect(() => definition.create(resources, 1, options, new SeededGenerator(1))).toThrow(/numTopics/);
  });
}
