import type { DenseMatrix, TopicEncoder } from '@xtm/contracts';
import { encodeSafetensors, readVariables, type StoredTensor } from '@xtm/tensor';
import type { NeuralModelFacts } from './neural-topic-model';

/** What `model.safetensors` says in its metadata, as JSON under `xtm`. */
export type ModelFileFacts = Omit<NeuralModelFacts, 'topicWord'>;

/** A trained model in one file: the encoder's variables as they are named, and `topicWord.LANG` a language. */
export function encodeModel({ topicWord, ...facts }: NeuralModelFacts, encoder: TopicEncoder): Uint8Array {
  const matrices = topicWord.map((matrix, i): [string, StoredTensor] => [`topicWord.${facts.languages[i]!.suffix}`, matrixEntry(matrix)]);
  return encodeSafetensors(new Map([...readVariables(encoder.parameters), ...readVariables(encoder.buffers), ...matrices]), {
    xtm: JSON.stringify(facts satisfies ModelFileFacts),
  });
}

function matrixEntry({ rows, columns, data }: DenseMatrix): StoredTensor {
  return { dtype: 'F32', shape: [rows, columns], data };
}
