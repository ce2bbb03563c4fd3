import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix } from '@xtm/contracts';
import { voteOnTopic, VocabularyMatcher } from '@xtm/refiner';
import { useBackend } from '@xtm/tensor';
import { refinedDistribution } from './refined-distribution';
import { resolveRefinementSettings } from './refinement-settings';
import { topWordPositions, topWordWeights } from './top-word-weights';
import { createWordLoss, JoinedWordEmbeddings } from './word-loss';

interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface FormOutput {
  readonly raw: readonly (StoredArray | null)[];
  readonly refined: readonly (StoredArray | null)[];
  readonly loss: number;
  readonly gradTopicWord1: StoredArray;
  readonly gradTopicWord2: StoredArray;
}

interface Phase2Case {
  readonly config: { readonly topWords: number };
  readonly inputs: Readonly<
    Record<'topicWord1' | 'topicWord2' | 'wordEmbeddings1' | 'wordEmbeddings2', StoredArray>
  > & {
    readonly vocabulary1: readonly string[];
    readonly vocabulary2: readonly string[];
    readonly rounds: readonly (readonly { readonly words1: readonly string[]; readonly words2: readonly string[] }[])[];
  };
  readonly outputs: {
    readonly topWords1: readonly (readonly string[])[];
    readonly topWords2: readonly (readonly string[])[];
    readonly votes: readonly {
      readonly words1: readonly (readonly [string, number])[];
      readonly words2: readonly (readonly [string, number])[];
    }[];
    readonly paper: FormOutput;
    readonly released: FormOutput;
  };
}

const folder = process.env['XTM_GOLDEN'] ?? join(__dirname, '../../golden');
const { config, inputs, outputs } = JSON.parse(readFileSync(join(folder, 'phase2-mmd.json'), 'utf8')) as Phase2Case;
const vocabularies = [inputs.vocabulary1, inputs.vocabulary2];

function dense({ shape, data }: StoredArray): DenseMatrix {
  return { rows: shape[0]!, columns: shape[1]!, data: Float32Array.from(data) };
}

function tensor({ shape, data }: StoredArray): tf.Tensor2D {
  return tf.tensor2d([...data], shape as [number, number]);
}

const positions = [inputs.topicWord1, inputs.topicWord2].map((weights) =>
  topWordPositions(dense(weights), config.topWords),
);

function vote(topic: number) {
  const words = positions.map((language, l) => Array.from(language[topic]!, (position) => vocabularies[l]![position]!));
  const rounds = inputs.rounds[topic]!.map(({ words1, words2 }) => ({ index: topic, words: [words1, words2] }));
  return voteOnTopic({ index: topic, words }, rounds, {
    matchers: vocabularies.map((words) => new VocabularyMatcher(words)),
    counting: 'paper',
    topWords: config.topWords,
  });
}

const votes = inputs.rounds.map((_, topic) => vote(topic));

beforeAll(async () => {
  await useBackend('wasm');
});

it('takes the top words of the decoder weights', () => {
  const words = positions.map((language, l) =>
    language.map((topic) => Array.from(topic, (position) => vocabularies[l]![position]!)),
  );
  expect(words).toEqual([outputs.topWords1, outputs.topWords2]);
});

it('keeps the words that the rounds agree on', () => {
  votes.forEach(({ refined, words, counts }, topic) => {
    const expected = outputs.votes[topic]!;
    expect(refined).toBe(expected.words1.length + expected.words2.length > 0);
    if (!refined) return;
    const found = words.map((list, l) => list.map((word, i) => [word, counts[l]![i]!]));
    expect(found).toEqual([expected.words1, expected.words2]);
  });
});

describe.each(['paper', 'released'] as const)('in the %s form', (form) => {
  const expected = outputs[form];

  it('builds the raw and the refined distributions', () => {
    const raw = tf.tidy(() =>
      topWordWeights([tensor(inputs.topicWord1), tensor(inputs.topicWord2)], positions, form).arraySync(),
    );
    votes.forEach((topic, index) => {
      const refined = refinedDistribution(topic, form, (_, word) => vocabularies.flat().indexOf(word));
      if (expected.raw[index] === null) expect(refined.words).toEqual([]);
      else {
        expected.raw[index]!.data.forEach((value, i) => expect(raw[index]![i]).toBeCloseTo(value, 5));
        expected.refined[index]!.data.forEach((value, i) => expect(refined.weights[i]).toBeCloseTo(value, 6));
      }
    });
  });

  it('gives the loss and its gradients in the decoder weights', () => {
    const words = new JoinedWordEmbeddings(
      [dense(inputs.wordEmbeddings1), dense(inputs.wordEmbeddings2)],
      vocabularies,
    );
    const refined = votes.map((topic) =>
      refinedDistribution(topic, form, (language, word) => words.rowOf(language, word)),
    );
    const rows = positions[0]!.map((_, topic) =>
      Int32Array.from(
        positions.flatMap((language, l) => Array.from(language[topic]!, (position) => words.rowAt(l, position))),
      ),
    );
    const epochLoss = createWordLoss(words.tensor, refined, resolveRefinementSettings())!.atTopWords(rows);
    const loss = (...topicWord: tf.Tensor[]) =>
      epochLoss.loss(topWordWeights(topicWord as tf.Tensor2D[], positions, form));
    const { value, grads } = tf.valueAndGrads(loss)([tensor(inputs.topicWord1), tensor(inputs.topicWord2)]);
    expect(Math.abs(value.dataSync()[0]! / expected.loss - 1)).toBeLessThan(1e-4);
    [expected.gradTopicWord1, expected.gradTopicWord2].forEach(({ data }, i) => {
      const found = grads[i]!.dataSync();
      data.forEach((entry, position) =>
        expect(Math.abs(found[position]! - entry)).toBeLessThan(1e-6 + 1e-4 * Math.abs(entry)),
      );
    });
    tf.dispose([value, ...grads]);
    epochLoss.dispose();
    words.dispose();
  });
});
