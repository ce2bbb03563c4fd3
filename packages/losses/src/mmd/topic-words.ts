import { LossInputError } from '../loss-input-error';

/** Words of one topic, of all languages together, by their row among the word embeddings. */
export type WordList = ArrayLike<number>;

/** Words of one topic and what each of them weighs; no words means that the topic is left out. */
export interface WeightedWords {
  readonly words: WordList;
  /** One a word. */
  readonly weights: ArrayLike<number>;
}

/** Throws unless every topic's words are rows of the embeddings. */
export function requireWords(loss: string, argument: string, topics: readonly WordList[], numWords: number): void {
  topics.forEach((words, topic) => {
    const outside = Array.from(words).find((word) => !(Number.isInteger(word) && word >= 0 && word < numWords));
    if (outside !== undefined) {
      throw new LossInputError(loss, argument, `names word ${outside} in topic ${topic}, expected rows in [0, ${numWords})`);
    }
  });
}
