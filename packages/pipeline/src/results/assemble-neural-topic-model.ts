import type { BackboneDefinition, DenseMatrix } from '@xtm/contracts';
import { assignVariables, type StoredTensor } from '@xtm/tensor';
import { NeuralTopicModel, type NeuralModelFacts } from './neural-topic-model';
import { rowSoftmax } from './row-softmax';

/** What a trained model is made of that was not trained here. */
export interface NeuralModelParts extends Pick<NeuralModelFacts, 'modelOptions' | 'languages' | 'vocabularies'> {
  /** Raw decoder weights [topics, vocabulary], one a language. */
  readonly decoderWeights: readonly DenseMatrix[];
  /** The encoder's values by the names of its variables; others are left alone. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/**
 * A model from values that come from elsewhere, a checkpoint of another program for example.
 *
 * @param file where they came from, for error messages
 * @throws DataFormatError for values that are missing or do not fit the vocabularies
 */
export function assembleNeuralTopicModel(definition: BackboneDefinition, parts: NeuralModelParts, file: string): NeuralTopicModel {
  const { modelOptions, languages, vocabularies, decoderWeights, tensors } = parts;
  const shape = { languages, vocabularySizes: vocabularies.map(({ length }) => length), numTopics: decoderWeights[0]!.rows };
  const encoder = definition.createEncoder(shape, modelOptions);
  try {
    assignVariables(encoder.parameters, tensors, file);
    assignVariables(encoder.buffers, tensors, file);
  } catch (error) {
    encoder.dispose();
    throw error;
  }
  return new NeuralTopicModel({ name: definition.name, modelOptions, languages, vocabularies, topicWord: decoderWeights.map(rowSoftmax) }, encoder);
}
