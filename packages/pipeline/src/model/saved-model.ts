import {
  DataFormatError,
  XtmError,
  type BackboneDefinition,
  type Corpus,
  type Normalisation,
  type RunOptions,
  type TopicEncoder,
} from '@xtm/contracts';
import { assignVariables } from '@xtm/tensor';
import { readModelFile, type NeuralModelFacts } from '../run-folder/model-file';
import { completeNeuralTopicModel } from './complete-model';
import { NeuralTopicModel } from './neural-topic-model';

/**
 * Reads the model that `NeuralTopicModel.save` wrote, or that a finished run left in its folder.
 *
 * @param findBackbone finds the definition of a backbone by its name
 * @throws MissingFileError, DataFormatError
 */
export function loadNeuralTopicModel(
  folder: string,
  findBackbone: (name: string) => BackboneDefinition,
): NeuralTopicModel {
  const { file, tensors, facts } = readModelFile(folder);
  const encoder = createEncoder(facts, findBackbone, file);
  assignVariables(encoder.parameters, tensors, file);
  assignVariables(encoder.buffers, tensors, file);
  return new NeuralTopicModel(facts, encoder);
}

/**
 * The model of a finished run, inferring by other statistics than it was saved with: they are measured anew on the
 * corpus that it was trained on, and topics' words read anew from it. Weights stay as they are.
 *
 * @throws MissingFileError, DataFormatError, AbortedError
 */
export async function renormaliseModel(
  folder: string,
  findBackbone: (name: string) => BackboneDefinition,
  corpus: Corpus,
  normalisation: Normalisation,
  options: RunOptions = {},
): Promise<NeuralTopicModel> {
  const { file, tensors, facts } = readModelFile(folder);
  const modelOptions = { ...savedModelOptions(findBackbone(facts.name), facts.modelOptions), normalisation };
  const encoder = createEncoder({ ...facts, modelOptions }, findBackbone, file);
  const saved = new Map([...encoder.buffers].filter(([name]) => tensors.has(name)));
  assignVariables(encoder.parameters, tensors, file);
  assignVariables(saved, tensors, file);
  const wordRanking = facts.wordRanking === 'characteristic' ? facts.wordRanking : 'weights';
  const topicWeights = facts.topicWeights ?? facts.topicWord;
  return completeNeuralTopicModel(
    encoder,
    { name: facts.name, modelOptions, wordRanking, topicWeights },
    corpus,
    options,
  );
}

/**
 * Options of a model as it was saved, complete for today's definition: models of earlier versions do not say how they
 * normalise, since there was only the published way.
 */
export function savedModelOptions(
  { published }: Pick<BackboneDefinition, 'published'>,
  saved: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return saved['normalisation'] === undefined ? { ...published, ...saved } : saved;
}

function createEncoder(
  facts: NeuralModelFacts,
  findBackbone: (name: string) => BackboneDefinition,
  file: string,
): TopicEncoder {
  const { name, modelOptions, languages, vocabularies, topicWord } = facts;
  const shape = {
    languages,
    vocabularySizes: vocabularies.map(({ length }) => length),
    numTopics: topicWord[0]!.rows,
  };
  try {
    const definition = findBackbone(name);
    return definition.createEncoder(shape, definition.resolveOptions(savedModelOptions(definition, modelOptions)));
  } catch (cause) {
    if (!(cause instanceof XtmError)) throw cause;
    throw new DataFormatError(
      `describes a model that there is not: ${cause.message}`,
      { file, field: 'xtm' },
      { cause },
    );
  }
}
