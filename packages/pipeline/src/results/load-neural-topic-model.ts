import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFormatError, MissingFileError, XtmError, type BackboneDefinition, type Corpus, type DenseMatrix, type Normalisation, type RunOptions, type TopicEncoder } from '@xtm/contracts';
import { assignVariables, decodeSafetensors, type StoredTensor } from '@xtm/tensor';
import { z } from 'zod';
import { completeNeuralTopicModel } from './assemble-neural-topic-model';
import { NeuralTopicModel } from './neural-topic-model';
import { savedModelOptions } from './saved-model-options';

const factsSchema = z.strictObject({
  name: z.string(),
  modelOptions: z.record(z.string(), z.unknown()),
  languages: z.array(z.strictObject({ code: z.string(), suffix: z.string() })).min(1),
  vocabularies: z.array(z.array(z.string())),
  // Models of earlier versions ranked words by weights, their probabilities being the weights' softmax.
  wordRanking: z.enum(['characteristic', 'weights', 'probability']).default('weights'),
}).refine(({ languages, vocabularies }) => languages.length === vocabularies.length);

type ModelFacts = z.output<typeof factsSchema>;

/**
 * Reads the model that `NeuralTopicModel.save` wrote, or that a finished run left in its folder.
 *
 * @param findBackbone finds the definition of a backbone by its name
 * @throws MissingFileError, DataFormatError
 */
export function loadNeuralTopicModel(folder: string, findBackbone: (name: string) => BackboneDefinition): NeuralTopicModel {
  const { file, tensors, facts, topicWord, topicWeights } = readModel(folder);
  const encoder = createEncoder(facts, topicWord[0]!.rows, findBackbone, file);
  assignVariables(encoder.parameters, tensors, file);
  assignVariables(encoder.buffers, tensors, file);
  return new NeuralTopicModel({ ...facts, topicWord, topicWeights }, encoder);
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
  const { file, tensors, facts, topicWord, topicWeights = topicWord } = readModel(folder);
  const modelOptions = { ...savedModelOptions(findBackbone(facts.name), facts.modelOptions), normalisation };
  const encoder = createEncoder({ ...facts, modelOptions }, topicWord[0]!.rows, findBackbone, file);
  const saved = new Map([...encoder.buffers].filter(([name]) => tensors.has(name)));
  assignVariables(encoder.parameters, tensors, file);
  assignVariables(saved, tensors, file);
  const wordRanking = facts.wordRanking === 'characteristic' ? facts.wordRanking : 'weights';
  return completeNeuralTopicModel(encoder, { name: facts.name, modelOptions, wordRanking, topicWeights }, corpus, options);
}

interface ReadModel {
  readonly file: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly facts: ModelFacts;
  readonly topicWord: readonly DenseMatrix[];
  readonly topicWeights?: readonly DenseMatrix[];
}

function readModel(folder: string): ReadModel {
  const file = join(folder, 'model.safetensors');
  if (!existsSync(file)) throw new MissingFileError(file, 'loading the model', { advice: 'Is it the folder of a finished run? Run the same "xtm run" command again to finish it.' });
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  const facts = readFacts(metadata['xtm'], file);
  const matricesOf = (name: string) => facts.languages.map(({ suffix }, index) => matrixOf(tensors, `${name}.${suffix}`, facts.vocabularies[index]!.length, file));
  const hasWeights = facts.languages.every(({ suffix }) => tensors.has(`topicWeights.${suffix}`));
  return { file, tensors, facts, topicWord: matricesOf('topicWord'), ...(hasWeights && { topicWeights: matricesOf('topicWeights') }) };
}

function createEncoder({ name, modelOptions, languages, vocabularies }: ModelFacts, numTopics: number, findBackbone: (name: string) => BackboneDefinition, file: string): TopicEncoder {
  const shape = { languages, vocabularySizes: vocabularies.map(({ length }) => length), numTopics };
  try {
    const definition = findBackbone(name);
    return definition.createEncoder(shape, definition.resolveOptions(savedModelOptions(definition, modelOptions)));
  } catch (cause) {
    if (!(cause instanceof XtmError)) throw cause;
    throw new DataFormatError(`describes a model that there is not: ${cause.message}`, { file, field: 'xtm' }, { cause });
  }
}

function readFacts(text: string | undefined, file: string): ModelFacts {
  try {
    return factsSchema.parse(JSON.parse(text ?? 'null'));
  } catch (cause) {
    throw new DataFormatError('not a model that xtm wrote', { file, field: 'xtm' }, { cause });
  }
}

function matrixOf(tensors: ReadonlyMap<string, StoredTensor>, field: string, words: number, file: string): DenseMatrix {
  const entry = tensors.get(field);
  if (entry === undefined || entry.shape.length !== 2 || !(entry.data instanceof Float32Array)) {
    throw new DataFormatError('expected a float32 matrix', { file, field });
  }
  const [rows, columns] = [entry.shape[0]!, entry.shape[1]!];
  if (columns !== words) throw new DataFormatError(`has ${columns} columns; the vocabulary has ${words} words`, { file, field });
  return { rows, columns, data: entry.data };
}
