import type { BackboneDefinition, Corpus, DenseMatrix, RunOptions, TopicEncoder } from '@xtm/contracts';
import { assignVariables, type StoredTensor } from '@xtm/tensor';
import { settleNormalisation } from '../training/settle-normalisation';
import { NeuralTopicModel, type NeuralModelFacts } from './neural-topic-model';
import { wordDistributions } from './word-distributions';

/** What a trained model is made of besides its encoder and the training documents. */
export interface NeuralModelParts extends Pick<NeuralModelFacts, 'name' | 'modelOptions' | 'wordRanking'> {
  /** Raw decoder weights [topics, vocabulary], one matrix per language. */
  readonly topicWeights: readonly DenseMatrix[];
}

/**
 * A model from a trained encoder: measures by what inference normalises, and reads from the training documents which
 * words the topics are made of. The model owns the encoder from then on.
 *
 * @throws AbortedError
 */
export async function completeNeuralTopicModel(encoder: TopicEncoder, parts: NeuralModelParts, corpus: Corpus, options: RunOptions = {}): Promise<NeuralTopicModel> {
  await settleNormalisation(encoder, corpus, options);
  const topicWord = await wordDistributions(encoder, corpus, parts.topicWeights[0]!.rows, options);
  const languages = corpus.languages.map(({ language }) => language);
  return new NeuralTopicModel({ ...parts, languages, vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary), topicWord }, encoder);
}

/**
 * A model from values that come from elsewhere, a checkpoint of another program for example.
 *
 * @param tensors the encoder's values by the names of its variables; others are left alone
 * @param file where they came from, for error messages
 * @throws DataFormatError for values that are missing or do not fit the vocabularies, AbortedError
 */
export async function assembleNeuralTopicModel(
  definition: BackboneDefinition,
  parts: Omit<NeuralModelParts, 'name'>,
  tensors: ReadonlyMap<string, StoredTensor>,
  corpus: Corpus,
  file: string,
  options: RunOptions = {},
): Promise<NeuralTopicModel> {
  const { languages } = corpus;
  const shape = {
    languages: languages.map(({ language }) => language),
    vocabularySizes: languages.map(({ vocabulary }) => vocabulary.length),
    numTopics: parts.topicWeights[0]!.rows,
  };
  const encoder = definition.createEncoder(shape, parts.modelOptions);
  try {
    assignVariables(encoder.parameters, tensors, file);
    assignVariables(encoder.buffers, tensors, file);
    return await completeNeuralTopicModel(encoder, { ...parts, name: definition.name }, corpus, options);
  } catch (error) {
    encoder.dispose();
    throw error;
  }
}
