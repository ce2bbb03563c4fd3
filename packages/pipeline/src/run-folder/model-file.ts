import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DataFormatError,
  MissingFileError,
  type DenseMatrix,
  type Language,
  type TopicEncoder,
  type WordRanking,
} from '@xtm/contracts';
import { writeAtomically } from '@xtm/data';
import { decodeSafetensors, encodeSafetensors, readVariables, type StoredTensor } from '@xtm/tensor';
import { z } from 'zod';
import { refuseNewerFormat } from './run-file';

/** What a neural topic model is made of besides its encoder. */
export interface NeuralModelFacts {
  /** The backbone's name. */
  readonly name: string;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** Topic-word probabilities p(w | k) [topics, vocabulary], one matrix per language. */
  readonly topicWord: readonly DenseMatrix[];
  /**
   * The decoder's weights [topics, vocabulary], one matrix per language; models saved by earlier versions have none.
   */
  readonly topicWeights?: readonly DenseMatrix[];
  readonly wordRanking: WordRanking;
}

/** A trained model as it stands on disk. */
export interface SavedModel {
  readonly file: string;
  readonly facts: NeuralModelFacts;
  /** The encoder's values by the names of its variables, beside the model's matrices. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const FILE = 'model.safetensors';

/** What the file says in its metadata, as JSON under `xtm`. */
const schema = z
  .strictObject({
    name: z.string(),
    modelOptions: z.record(z.string(), z.unknown()),
    languages: z.array(z.strictObject({ code: z.string(), suffix: z.string() })).min(1),
    vocabularies: z.array(z.array(z.string())),
    // Models of earlier versions ranked words by weights, their probabilities being the weights' softmax.
    wordRanking: z.enum(['characteristic', 'weights', 'probability']).default('weights'),
  })
  .refine(({ languages, vocabularies }) => languages.length === vocabularies.length);

type Metadata = z.output<typeof schema>;

/**
 * Writes a trained model as `model.safetensors` into a folder: the encoder's variables as they are named, and per
 * language `topicWord.LANG` with the probabilities and `topicWeights.LANG` with the decoder's weights.
 *
 * @throws WriteError
 */
export function writeModelFile(
  folder: string,
  { topicWord, topicWeights = [], ...facts }: NeuralModelFacts,
  encoder: TopicEncoder,
): void {
  const entries = (name: string, matrices: readonly DenseMatrix[]) =>
    matrices.map((matrix, i): [string, StoredTensor] => [`${name}.${facts.languages[i]!.suffix}`, entryOf(matrix)]);
  const variables = [...readVariables(encoder.parameters), ...readVariables(encoder.buffers)];
  const tensors = new Map([
    ...variables,
    ...entries('topicWord', topicWord),
    ...entries('topicWeights', topicWeights),
  ]);
  mkdirSync(folder, { recursive: true });
  writeAtomically(join(folder, FILE), encodeSafetensors(tensors, { xtm: JSON.stringify(facts) }));
}

/**
 * Reads what `writeModelFile` wrote.
 *
 * @throws MissingFileError; DataFormatError for a file that xtm did not write; RunFolderError for a folder of a newer
 *   format
 */
export function readModelFile(folder: string): SavedModel {
  refuseNewerFormat(folder);
  const file = join(folder, FILE);
  if (!existsSync(file)) {
    const advice = 'Is it the folder of a finished run? Run the same "xtm run" command again to finish it.';
    throw new MissingFileError(file, 'loading the model', { advice });
  }
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  const facts = parseMetadata(metadata['xtm'], file);
  const matricesOf = (name: string): DenseMatrix[] =>
    facts.languages.map(({ suffix }, index) =>
      matrixOf(tensors, `${name}.${suffix}`, facts.vocabularies[index]!.length, file),
    );
  const hasWeights = facts.languages.every(({ suffix }) => tensors.has(`topicWeights.${suffix}`));
  const matrices = {
    topicWord: matricesOf('topicWord'),
    ...(hasWeights && { topicWeights: matricesOf('topicWeights') }),
  };
  return { file, tensors, facts: { ...facts, ...matrices } };
}

function parseMetadata(text: string | undefined, file: string): Metadata {
  try {
    return schema.parse(JSON.parse(text ?? 'null'));
  } catch (cause) {
    throw new DataFormatError('not a model that xtm wrote', { file, field: 'xtm' }, { cause });
  }
}

function entryOf({ rows, columns, data }: DenseMatrix): StoredTensor {
  return { dtype: 'F32', shape: [rows, columns], data };
}

function matrixOf(
  tensors: ReadonlyMap<string, StoredTensor>,
  field: string,
  words: number,
  file: string,
): DenseMatrix {
  const entry = tensors.get(field);
  if (entry === undefined || entry.shape.length !== 2 || !(entry.data instanceof Float32Array)) {
    throw new DataFormatError('expected a float32 matrix', { file, field });
  }
  const [rows, columns] = [entry.shape[0]!, entry.shape[1]!];
  if (columns !== words)
    throw new DataFormatError(`has ${columns} columns; the vocabulary has ${words} words`, { file, field });
  return { rows, columns, data: entry.data };
}
