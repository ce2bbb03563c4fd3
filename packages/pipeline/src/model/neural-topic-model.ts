import type {
  DenseMatrix,
  DocumentTopics,
  Language,
  RunOptions,
  SparseRows,
  Topic,
  TopicEncoder,
  TopicModel,
  WordRanking,
} from '@xtm/contracts';
import { writeModelFile, type NeuralModelFacts } from '../run-folder/model-file';
import { visitRowBatches } from '../training/row-batches';
import { rankingScores, topicsOf } from './word-ranking';

/** A trained backbone: its encoder infers topics of new documents, its topic-word distributions are fixed. */
export class NeuralTopicModel implements TopicModel {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  readonly numTopics: number;
  readonly topicWord: readonly DenseMatrix[];
  readonly topicWeights?: readonly DenseMatrix[];
  readonly wordRanking: WordRanking;
  readonly #facts: NeuralModelFacts;
  readonly #encoder: TopicEncoder;

  constructor(facts: NeuralModelFacts, encoder: TopicEncoder) {
    this.name = facts.name;
    this.languages = facts.languages;
    this.vocabularies = facts.vocabularies;
    this.topicWord = facts.topicWord;
    this.topicWeights = facts.topicWeights;
    this.wordRanking = facts.wordRanking;
    this.numTopics = facts.topicWord[0]!.rows;
    this.#facts = facts;
    this.#encoder = encoder;
  }

  topics(topWords = 15): Topic[] {
    const { wordRanking: ranking, topicWord, topicWeights } = this;
    return topicsOf(rankingScores({ ranking, topicWord, topicWeights }), this.vocabularies, topWords);
  }

  /**
   * Topic means and proportions of documents, in batches; the result does not depend on the batches. Throws
   * `AbortedError`.
   */
  async transform(
    rows: SparseRows,
    languageIndex: number,
    options: RunOptions = {},
  ): Promise<Required<DocumentTopics>> {
    const columns = this.numTopics;
    const means = { rows: rows.rows, columns, data: new Float32Array(rows.rows * columns) };
    const proportions = { rows: rows.rows, columns, data: new Float32Array(rows.rows * columns) };
    await visitRowBatches(rows, 'inferring topics', options, (batch, start) => {
      const { mu, theta } = this.#encoder.infer(batch, languageIndex);
      means.data.set(mu.dataSync(), start * columns);
      proportions.data.set(theta.dataSync(), start * columns);
      mu.dispose();
      theta.dispose();
    });
    return { means, proportions };
  }

  /** Writes `model.safetensors`, from which `loadNeuralTopicModel` reads the model. */
  async save(folder: string): Promise<void> {
    writeModelFile(folder, this.#facts, this.#encoder);
  }

  dispose(): void {
    this.#encoder.dispose();
  }
}
