import type { DenseMatrix, DocumentTopics, Language, RunOptions, SparseRows, Topic, TopicEncoder, TopicModel, WordRanking } from '@xtm/contracts';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../run-folder/write-atomically';
import { encodeModel } from './model-file';
import { inferTopics } from './infer-topics';
import { topicsOf } from './top-words';
import { rankingScores } from './word-ranking';

/** What a neural topic model is made of besides its encoder. */
export interface NeuralModelFacts {
  /** The backbone's name. */
  readonly name: string;
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** Topic-word probabilities p(w | k) [topics, vocabulary], one matrix per language. */
  readonly topicWord: readonly DenseMatrix[];
  /** The decoder's weights [topics, vocabulary], one matrix per language; models saved by earlier versions have none. */
  readonly topicWeights?: readonly DenseMatrix[];
  readonly wordRanking: WordRanking;
}

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
    return topicsOf(rankingScores({ ranking: this.wordRanking, topicWord: this.topicWord, topicWeights: this.topicWeights }), this.vocabularies, topWords);
  }

  transform(rows: SparseRows, languageIndex: number, options?: RunOptions): Promise<DocumentTopics> {
    return inferTopics(this.#encoder, rows, languageIndex, this.numTopics, options);
  }

  /** Writes `model.safetensors`, from which `loadNeuralTopicModel` reads the model. */
  async save(folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    writeAtomically(join(folder, 'model.safetensors'), encodeModel(this.#facts, this.#encoder));
  }

  dispose(): void {
    this.#encoder.dispose();
  }
}
