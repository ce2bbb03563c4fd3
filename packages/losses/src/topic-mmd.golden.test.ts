import * as tf from '@tensorflow/tfjs';
import { describeOnBackends } from './testing/backends';
import { expectClose, matrix, readGoldenCase, type StoredArray } from './testing/golden';
import { prepareTopicMmd } from './topic-mmd';

interface FormOutput {
  /** Weights of each topic's top words, language 1's first; `null` for a topic without refined words. */
  readonly raw: readonly (StoredArray | null)[];
  readonly refined: readonly (StoredArray | null)[];
  readonly sigma: readonly (number | null)[];
  readonly mmd2: readonly (number | null)[];
  readonly loss: number;
  readonly gradTopicWord1: StoredArray;
  readonly gradTopicWord2: StoredArray;
}

interface Vote {
  readonly words1: readonly (readonly [word: string, count: number])[];
  readonly words2: readonly (readonly [word: string, count: number])[];
}

interface Phase2Case {
  readonly inputs: {
    readonly vocabulary1: readonly string[];
    readonly vocabulary2: readonly string[];
    readonly topicWord1: StoredArray;
    readonly topicWord2: StoredArray;
    readonly wordEmbeddings1: StoredArray;
    readonly wordEmbeddings2: StoredArray;
  };
  readonly outputs: {
    readonly topWords1: readonly (readonly string[])[];
    readonly topWords2: readonly (readonly string[])[];
    readonly votes: readonly Vote[];
    readonly paper: FormOutput;
    readonly released: FormOutput;
  };
}

const { inputs, outputs } = readGoldenCase<Phase2Case>('phase2-mmd');
const { vocabulary1, vocabulary2 } = inputs;
const numTopics = outputs.votes.length;

/** Rows among both languages' embeddings, language 2 below language 1. */
function rowsOf(words1: readonly string[], words2: readonly string[]): number[] {
  return [
    ...words1.map((word) => vocabulary1.indexOf(word)),
    ...words2.map((word) => vocabulary1.length + vocabulary2.indexOf(word)),
  ];
}

const topWords = outputs.topWords1.map((words1, topic) => rowsOf(words1, outputs.topWords2[topic]!));

function prepare(form: FormOutput) {
  const embeddings = tf.concat([matrix(inputs.wordEmbeddings1), matrix(inputs.wordEmbeddings2)], 0);
  const refinedWords = outputs.votes.map(({ words1, words2 }, topic) => ({
    words: rowsOf(words1.map(([word]) => word), words2.map(([word]) => word)),
    weights: form.refined[topic]?.data ?? [],
  }));
  return prepareTopicMmd(embeddings, refinedWords).atTopWords(topWords);
}

/** Picks the top words' entries out of a row of all words: [topics, top words, words], one 1 a top word. */
function selection(): tf.Tensor3D {
  const words = vocabulary1.length + vocabulary2.length;
  return tf.stack(topWords.map((rows) => tf.oneHot(tf.tensor1d(rows, 'int32'), words))).toFloat() as tf.Tensor3D;
}

/**
 * Weights of the top words [topics, top words] from topic-word weights of both languages, as the pipeline derives
 * them.
 */
const rawWeights: Readonly<
  Record<'paper' | 'released', (topicWord1: tf.Tensor, topicWord2: tf.Tensor) => tf.Tensor2D>
> = {
  paper: (topicWord1, topicWord2) => {
    const chosen = choose(tf.softmax(topicWord1), tf.softmax(topicWord2));
    return tf.div(chosen, tf.sum(chosen, 1, true));
  },
  released: (topicWord1, topicWord2) => {
    const chosen = choose(topicWord1, topicWord2);
    const numWords1 = outputs.topWords1[0]!.length;
    const halves = tf.split(chosen, [numWords1, topWords[0]!.length - numWords1], 1);
    return tf.div(
      tf.concat(
        halves.map((half) => tf.div(half, tf.sum(half, 1, true))),
        1,
      ),
      2,
    );
  },
};

function choose(weights1: tf.Tensor, weights2: tf.Tensor): tf.Tensor2D {
  return tf.sum(tf.mul(selection(), tf.expandDims(tf.concat([weights1, weights2], 1), 1)), 2);
}

describeOnBackends('prepareTopicMmd against known numbers', () => {
  it.each(['paper', 'released'] as const)('finds bandwidths and values of the %s form', (name) => {
    const form = outputs[name];
    const topicMmd = prepare(form);
    const active = form.raw.flatMap((raw, topic) => (raw ? [topic] : []));
    const width = topWords[0]!.length;
    const rows = form.raw.map((raw) => raw?.data ?? new Array<number>(width).fill(1 / width));
    const weights = tf.tensor2d(rows.flat(), [numTopics, width]);
    expect(topicMmd.bandwidths.map((bandwidth) => bandwidth !== undefined)).toEqual(
      form.sigma.map((sigma) => sigma !== null),
    );
    expectClose(active.map((topic) => topicMmd.bandwidths[topic]!), active.map((topic) => form.sigma[topic]!));
    expectClose(topicMmd.perTopic(weights), form.mmd2.map((value) => value ?? 0));
    expectClose(topicMmd.loss(weights), [form.loss]);
  });

  it.each(['paper', 'released'] as const)('carries gradients to the topic-word weights in the %s form', (name) => {
    const form = outputs[name];
    const topicMmd = prepare(form);
    const loss = (topicWord1: tf.Tensor, topicWord2: tf.Tensor) =>
      topicMmd.loss(rawWeights[name](topicWord1, topicWord2));
    const { value, grads } = tf.valueAndGrads(loss)([matrix(inputs.topicWord1), matrix(inputs.topicWord2)]);
    expectClose(value, [form.loss]);
    expectClose(grads[0]!, form.gradTopicWord1.data, { absolute: 1e-6 });
    expectClose(grads[1]!, form.gradTopicWord2.data, { absolute: 1e-6 });
  });
});
