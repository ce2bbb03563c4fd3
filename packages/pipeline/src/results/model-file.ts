import type { DenseMatrix, TopicEncoder } from '@xtm/contracts';
import { encodeSafetensors, readVariables, type StoredTensor } from '@xtm/tensor';
import type { NeuralModelFacts } from './neural-topic-model';

/** What `model.safetensors` says in its metadata, as JSON under `xtm`. */
export type ModelFileFacts = Omit<NeuralModelFacts, 'topicWord' | 'topicWeights'>;

/**
 * A trained model in one file: the encoder's variables as they are named, and per language `topicWord.LANG` with the
 * probabilities and `topicWeights.LANG` with the decoder's weights.
 */
export function encodeModel({ topicWord, topicWeights = [], ...facts }: NeuralModelFacts, encoder: TopicEncoder): Uint8Array {
  const entries = (name: string, matrices: readonly DenseMatrix[]) =>
    matrices.map((matrix, i): [string, StoredTensor] => [`${name}.${facts.languages[i]!.suffix}`, matrixEntry(matrix)]);
  const variables = [...readVariables(encoder.parameters), ...readVariables(encoder.buffers)];
  return encodeSafetensors(new Map([...variables, ...entries('topicWord', topicWord), ...entries('topicWeights', topicWeights)]), {
    xtm: JSON.stringify(facts satisfies ModelFileFacts),
  });
}

function matrixEntry({ rows, columns, data }: DenseMatrix): StoredTensor {
  return { dtype: 'F32', shape: [rows, columns], data };
}
