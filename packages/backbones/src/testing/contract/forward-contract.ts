import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { relativeDifference } from '../closeness';
import { rowsFromDense } from '../rows';
import { batchOf } from '../train';
import { valuesOf } from '../variables';
import { type ContractSubject, NUM_TOPICS } from './subject';

/** Registers what one pass over a batch must give. */
export function forwardContract(subject: ContractSubject): void {
  const lossOf = (batch: Batch, training: boolean, seed: number): number =>
    tf.tidy(
      () => subject.backbone.forward(batch, { training, generator: new SeededGenerator(seed) }).loss.dataSync()[0]!,
    );

  it.each([1, 3, 33])(
    'takes a batch of %i pairs: its loss is the sum of its parts, its proportions sum to 1',
    (size) => {
      const batch = batchOf(subject.resources.corpus, [...Array(size).keys()]);
      tf.tidy(() => {
        const { loss, parts, documentTopics } = subject.backbone.forward(batch, {
          training: true,
          generator: new SeededGenerator(3),
        });
        const sum = Object.values(parts).reduce((total, part) => total + part.dataSync()[0]!, 0);
        expect(relativeDifference(loss.dataSync(), [sum])).toBeLessThan(1e-5);
        expect(documentTopics.map(({ shape }) => shape)).toEqual(batch.languages.map(() => [size, NUM_TOPICS]));
        for (const theta of documentTopics)
          expect(relativeDifference(tf.sum(theta, 1).dataSync(), Array(size).fill(1))).toBeLessThan(1e-5);
      });
    },
  );

  it('gives the same loss twice outside training, and learns nothing there', () => {
    subject.train(subject.backbone, 1);
    const batch = batchOf(subject.resources.corpus, [4, 2, 9]);
    const before = valuesOf(subject.backbone);
    expect(lossOf(batch, false, 3)).toBe(lossOf(batch, false, 4));
    expect(valuesOf(subject.backbone)).toEqual(before);
  });

  it('has topic-word weights of the vocabularies’ sizes, which a pass hands out too', () => {
    const { backbone, resources } = subject;
    tf.tidy(() => {
      const weights = backbone.topicWord();
      expect(weights.map(({ shape }) => shape)).toEqual(
        resources.corpus.languages.map(({ vocabulary }) => [NUM_TOPICS, vocabulary.length]),
      );
      const used = backbone.forward(batchOf(resources.corpus, [0, 1]), {
        training: true,
        generator: new SeededGenerator(3),
      }).topicWord;
      expect(used.map((beta) => beta.dataSync())).toEqual(weights.map((beta) => beta.dataSync()));
    });
  });

  it('trains on documents without words', () => {
    const { corpus } = subject.resources;
    const { length } = corpus.languages[0]!.vocabulary;
    const batch = batchOf(corpus, [0, 1]);
    const empty = { ...batch.languages[0]!, rows: rowsFromDense(new Float32Array(2 * length), 2, length) };
    expect(Number.isFinite(lossOf({ ...batch, languages: [empty, batch.languages[1]!] }, true, 3))).toBe(true);
  });
}
