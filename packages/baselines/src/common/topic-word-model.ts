import type { DenseMatrix, DocumentTopics, Language, RunOptions, SparseRows, Topic, TopicModel } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import { foldIn } from './fold-in';
import { writeModelFolder } from './model-folder';

/** What a fitted model is, beside its methods. */
export interface TopicWordFacts {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** [topics, vocabulary], one a language; rows sum to 1. */
  readonly topicWord: readonly DenseMatrix[];
  /** Pseudo-count of each topic in a document, for folding in. */
  readonly documentPrior: number;
}

/** A fitted model that is known by its topic-word probabilities; documents are folded in under them. */
export class TopicWordModel implements TopicModel {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  readonly topicWord: readonly DenseMatrix[];
  readonly documentPrior: number;

  constructor(facts: TopicWordFacts) {
    this.name = facts.name;
    this.languages = facts.languages;
    this.vocabularies = facts.vocabularies;
    this.topicWord = facts.topicWord;
    this.documentPrior = facts.documentPrior;
  }

  get numTopics(): number {
    return this.topicWord[0]!.rows;
  }

  topics(topWords = 15): Topic[] {
    return Array.from({ length: this.numTopics }, (_, index) => ({
      index,
      words: this.topicWord.map((matrix, language) => {
        const row = matrix.data.subarray(index * matrix.columns, (index + 1) * matrix.columns);
        return Array.from(topK(row, topWords).indices, (word) => this.vocabularies[language]![word]!);
      }),
    }));
  }

  async transform(rows: SparseRows, languageIndex: number, runOptions: RunOptions = {}): Promise<DocumentTopics> {
    const { documentPrior } = this;
    return { proportions: await foldIn(rows, this.topicWord[languageIndex]!, { documentPrior }, runOptions) };
  }

  async save(folder: string): Promise<void> {
    await writeModelFolder(folder, this);
  }

  dispose(): void {
    // Nothing is held outside the JavaScript heap.
  }
}
