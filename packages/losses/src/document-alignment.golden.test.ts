import * as tf from '@tensorflow/tfjs';
import { documentAlignment, documentAlignmentPerDocument } from './document-alignment';
import { describeOnBackends } from './testing/backends';
import { expectClose, matrix, readGoldenCase, type StoredArray } from './testing/golden';

interface AlignmentOutput {
  readonly perDocument: StoredArray;
  readonly mean: number;
  readonly gradThetaOfMean: StoredArray;
}

interface AlignmentCase {
  readonly inputs: Readonly<Record<'theta' | 'documents' | 'topics', StoredArray>>;
  /** Keys such as `paper/tau=0.2`. */
  readonly outputs: Readonly<Record<string, AlignmentOutput>>;
}

const { inputs, outputs } = readGoldenCase<AlignmentCase>('loss-doc-align');

describeOnBackends('documentAlignment against known numbers', () => {
  it.each(Object.entries(outputs))('finds %s', (key, expected) => {
    const [form, setting] = key.split('/tau=') as ['paper' | 'released', string];
    const options = { form, temperature: Number(setting) };
    const [theta, documents, topics] = [matrix(inputs.theta), matrix(inputs.documents), matrix(inputs.topics)];
    expectClose(documentAlignmentPerDocument(theta, documents, topics, options), expected.perDocument.data);
    const mean = (proportions: tf.Tensor) => documentAlignment(proportions as tf.Tensor2D, documents, topics, options);
    const { value, grad } = tf.valueAndGrad(mean)(theta);
    expectClose(value, [expected.mean]);
    expectClose(grad, expected.gradThetaOfMean.data);
  });
});
