import * as tf from '@tensorflow/tfjs';
import { documentAlignment, documentAlignmentPerDocument, type DocumentAlignmentOptions } from './document-alignment';
import { describeOnBackends } from './testing/backends';
import { forSizes, type Sizes } from './testing/draws';
import { expectGradientsToMatch } from './testing/finite-differences';
import { expectFiniteLoss, valueOf } from './testing/values';

const FORMS = ['paper', 'released'] as const;

function randomInputs({ n, m, dimensions, draws }: Sizes): [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D] {
  return [draws.proportions(n, m), draws.points(n, dimensions), draws.points(m, dimensions)];
}

function ofTensors(options: DocumentAlignmentOptions) {
  return (...[theta, documents, topics]: tf.Tensor[]) => (
    documentAlignment(theta as tf.Tensor2D, documents as tf.Tensor2D, topics as tf.Tensor2D, options)
  );
}

describeOnBackends('documentAlignment', () => {
  it.each(FORMS)('has the gradients of finite differences in the %s form', (form) => {
    forSizes((sizes) => expectGradientsToMatch(ofTensors({ form, temperature: 0.5 }), randomInputs(sizes)));
  });

  it.each(FORMS)('is not negative, document by document, in the %s form', (form) => {
    forSizes((sizes) => {
      const perDocument = documentAlignmentPerDocument(...randomInputs(sizes), { form });
      perDocument.dataSync().forEach((value) => expect(value).toBeGreaterThan(-1e-5));
      expect(valueOf(documentAlignment(...randomInputs(sizes), { form }))).toBeGreaterThan(-1e-5);
    });
  });

  it('is 0 where proportions are the target', () => {
    const [documents, topics] = [tf.tensor2d([[1, 0], [0.6, 0.8]]), tf.tensor2d([[1, 0], [0, 1], [-1, 0]])];
    const cosines = tf.tensor2d([[1, 0, -1], [0.6, 0.8, -0.6]]);
    const target = tf.softmax(tf.div<tf.Tensor2D>(cosines, 0.3));
    expect(valueOf(documentAlignment(target, documents, topics, { temperature: 0.3 }))).toBeCloseTo(0, 5);
    const logits = tf.log(target);
    expect(valueOf(documentAlignment(logits, documents, topics, { temperature: 0.3, form: 'released' }))).toBeCloseTo(0, 5);
  });

  it('is 0 for one topic', () => {
    forSizes(({ n, dimensions, draws }) => {
      const loss = documentAlignment(tf.ones([n, 1]), draws.points(n, dimensions), draws.points(1, dimensions));
      expect(valueOf(loss)).toBeCloseTo(0, 5);
    });
  });

  it.each(FORMS)('stays finite for zero embeddings, a temperature of 1e-3 and proportions of 0 in the %s form', (form) => {
    const theta = tf.tensor2d([[1, 0, 0], [0, 0.5, 0.5]]);
    const [documents, topics] = [tf.tensor2d([[1, 2], [0, 0]]), tf.tensor2d([[1, 2], [-1, -2], [0, 0]])];
    expectFiniteLoss(ofTensors({ form, temperature: 1e-3 }), [theta, documents, topics]);
  });

  it('takes logits of ±1e4 in the released form', () => {
    const logits = tf.tensor2d([[1e4, -1e4, 0]]);
    expectFiniteLoss(ofTensors({ form: 'released' }), [logits, tf.ones([1, 2]), tf.ones([3, 2])]);
  });

  it('refuses what does not fit', () => {
    const [theta, documents, topics] = [tf.ones<tf.Rank.R2>([2, 3]), tf.ones<tf.Rank.R2>([2, 4]), tf.ones<tf.Rank.R2>([3, 4])];
    expect(() => documentAlignment(tf.zeros([0, 3]), tf.zeros([0, 4]), topics)).toThrow('documentTopics is empty');
    expect(() => documentAlignment(theta, tf.ones([1, 4]), topics)).toThrow('documentEmbeddings has shape [1, 4], expected [2, any]');
    expect(() => documentAlignment(theta, documents, tf.ones([2, 4]))).toThrow('topicEmbeddings has shape [2, 4], expected [3, 4]');
    expect(() => documentAlignment(theta, documents, topics, { temperature: -1 })).toThrow('temperature is -1');
    expect(() => documentAlignment(theta, documents, topics, { form: 'other' as 'paper' })).toThrow('expected one of paper, released');
  });
});
