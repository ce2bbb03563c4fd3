import * as tf from '@tensorflow/tfjs-core';
import type { EncoderShape } from '@xtm/contracts';
import { relativeDifference } from '../closeness';
import { rowsFromDense } from '../rows';
import { copyVariables, inferAll, takenApart } from '../variables';
import { type ContractSubject, NUM_TOPICS } from './subject';

/** Registers what inference must give, from a backbone, a restored one and an encoder alone. */
export function inferenceContract(subject: ContractSubject): void {
  it.each([0, 1])('infers documents of language %i in pieces and in any order as in one batch', (language) => {
    subject.train(subject.backbone, 1);
    const { rows } = subject.resources.corpus.languages[language]!.train;
    const together = inferAll(subject.backbone, rows, language).mu;
    const { positions, pieces } = takenApart(rows);
    const apart = pieces.flatMap((piece) => [...inferAll(subject.backbone, piece, language).mu]);
    const reordered = positions.flatMap((position) => [
      ...together.subarray(position * NUM_TOPICS, (position + 1) * NUM_TOPICS),
    ]);
    expect(relativeDifference(apart, reordered)).toBeLessThan(1e-5);
  });

  it('infers documents without words', () => {
    const { length } = subject.resources.corpus.languages[0]!.vocabulary;
    const { mu, theta } = inferAll(subject.backbone, rowsFromDense(new Float32Array(2 * length), 2, length), 0);
    expect([...mu, ...theta].every(Number.isFinite)).toBe(true);
  });

  it('gives the same outputs from saved variables, as a backbone and as an encoder alone', () => {
    const { backbone, definition, options, resources } = subject;
    subject.train(backbone, 1);
    const restored = subject.create(9);
    const encoder = definition.createEncoder(shapeOf(subject), options);
    copyVariables(backbone, restored);
    copyVariables(backbone, encoder);
    const { rows } = resources.corpus.languages[1]!.train;
    const expected = inferAll(backbone, rows, 1);
    expect(inferAll(restored, rows, 1)).toEqual(expected);
    expect(inferAll(encoder, rows, 1)).toEqual(expected);
    expect(weightsOf(restored.topicWord())).toEqual(weightsOf(backbone.topicWord()));
    restored.dispose();
    encoder.dispose();
  });
}

function shapeOf({ resources: { corpus } }: ContractSubject): EncoderShape {
  return {
    languages: corpus.languages.map(({ language }) => language),
    vocabularySizes: corpus.languages.map(({ vocabulary }) => vocabulary.length),
    numTopics: NUM_TOPICS,
  };
}

function weightsOf(tensors: tf.Tensor[]): number[][] {
  const weights = tensors.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(tensors);
  return weights;
}
