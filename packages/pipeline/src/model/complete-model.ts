import type {
  Backbone,
  BackboneDefinition,
  Corpus,
  DenseMatrix,
  RunOptions,
  SparseRows,
  TopicEncoder,
} from '@xtm/contracts';
import { assignVariables, type StoredTensor } from '@xtm/tensor';
import type { NeuralModelFacts } from '../run-folder/model-file';
import { visitRowBatches } from '../training/row-batches';
import { settleNormalisation } from '../training/settle-normalisation';
import { NeuralTopicModel } from './neural-topic-model';

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
export async function completeNeuralTopicModel(
  encoder: TopicEncoder,
  parts: NeuralModelParts,
  corpus: Corpus,
  options: RunOptions = {},
): Promise<NeuralTopicModel> {
  await settleNormalisation(encoder, corpus, options);
  const topicWord = await wordDistributions(encoder, corpus, parts.topicWeights[0]!.rows, options);
  const languages = corpus.languages.map(({ language }) => language);
  return new NeuralTopicModel(
    { ...parts, languages, vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary), topicWord },
    encoder,
  );
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

/** The raw decoder weights beta of a backbone [topics, vocabulary], one matrix per language, as they are now. */
export function readDecoderWeights(backbone: Backbone): DenseMatrix[] {
  return backbone.topicWord().map((weights) => {
    const [rows, columns] = weights.shape;
    const data = weights.dataSync<'float32'>();
    weights.dispose();
    return { rows, columns, data };
  });
}

/**
 * What topics are about, as their documents say it: p(w | k) ∝ Σ_d θ_dk·x_dw over the training documents [topics,
 * vocabulary], one matrix per language, rows summing to 1. The weights of the decoder do not say it: they know how a
 * topic shifts a word, and nothing of how often the word occurs.
 *
 * @param encoder a trained one, its normalisation settled
 * @throws AbortedError
 */
export async function wordDistributions(
  encoder: TopicEncoder,
  { languages }: Corpus,
  numTopics: number,
  options: RunOptions = {},
): Promise<DenseMatrix[]> {
  const distributions: DenseMatrix[] = [];
  for (const [index, { train }] of languages.entries()) {
    const counts = new WordCounts(numTopics, train.rows.columns);
    await visitRowBatches(train.rows, 'reading topics', options, (rows) => {
      const { mu, theta } = encoder.infer(rows, index);
      counts.add(rows, theta.dataSync());
      mu.dispose();
      theta.dispose();
    });
    distributions.push(counts.distribution);
  }
  return distributions;
}

/** Expected number of times that each topic wrote each word. */
class WordCounts {
  readonly #counts: Float64Array;

  constructor(
    private readonly numTopics: number,
    private readonly numWords: number,
  ) {
    this.#counts = new Float64Array(numTopics * numWords);
  }

  /** @param proportions [documents, topics], row-major */
  add({ rows, indptr, indices, values }: SparseRows, proportions: ArrayLike<number>): void {
    for (let row = 0; row < rows; row++) {
      for (let topic = 0; topic < this.numTopics; topic++) {
        const share = proportions[row * this.numTopics + topic]!;
        const start = topic * this.numWords;
        for (let i = indptr[row]!; i < indptr[row + 1]!; i++) this.#counts[start + indices[i]!]! += share * values[i]!;
      }
    }
  }

  /** Rows that sum to 1; a topic without any document has every word alike. */
  get distribution(): DenseMatrix {
    const { numTopics: rows, numWords: columns } = this;
    const data = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const counts = this.#counts.subarray(row * columns, (row + 1) * columns);
      const sum = counts.reduce((a, b) => a + b, 0);
      for (let column = 0; column < columns; column++)
        data[row * columns + column] = sum > 0 ? counts[column]! / sum : 1 / columns;
    }
    return { rows, columns, data };
  }
}
