import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import type { TopicWords } from '../topic-scores';
import { type Counting, DocumentCounter, type ReferenceCounts, type Side } from './reference-counts';
import { readDocumentPairs, type ReferenceFilePair, wordsOfLine } from './reference-files';

/** Topics of one or more models in a pair of languages; topic k of one language belongs to topic k of the other. */
export interface TopicPair {
  readonly first: TopicWords;
  readonly second: TopicWords;
}

/**
 * Counts a comparable corpus for the words of some topics, and pairs of words of the same topic, in one pass.
 *
 * Memory grows with the topics' words only; time with the corpus, and hardly with the topics.
 *
 * @throws MissingFileError, DataFormatError for files that are not there, damaged or not aligned.
 * @throws AbortedError when stopped.
 */
export async function countReference(
  topics: TopicPair,
  files: readonly ReferenceFilePair[],
  { counting = 'documents', ...run }: RunOptions & { readonly counting?: Counting } = {},
): Promise<ReferenceCounts> {
  const sides = [numberWords(topics.first, 0), numberWords(topics.second, new Set(topics.first.flat()).size)] as const;
  const pairs = new PairNumbers(topics, sides);
  const counter = new DocumentCounter(sides[0].size + sides[1].size, pairs.ids());
  const tokens = new Float64Array(sides[0].size + sides[1].size);
  await readDocumentPairs(
    files,
    (documents) => {
      const present: number[] = [];
      for (const side of [0, 1] as const) {
        for (const word of wordsOfLine(documents[side], counting)) {
          const id = sides[side].get(word);
          if (id === undefined) continue;
          present.push(id);
          tokens[id]!++;
        }
      }
      counter.add(present);
    },
    run,
  );
  const { documents, wordDocuments, pairDocuments } = counter.counts();
  return {
    counting,
    documents,
    wordCount: (side, word) => {
      const id = knownId(sides, side, word);
      return counting === 'released' ? tokens[sides[1].get(word) ?? id]! : wordDocuments[id]!;
    },
    pairDocuments: (first, second) => pairDocuments[pairs.number(first, second)]!,
  };
}

type WordIds = ReadonlyMap<string, number>;

function numberWords(topics: TopicWords, start: number): WordIds {
  return new Map([...new Set(topics.flat())].map((word, index) => [word, start + index]));
}

function knownId(sides: readonly [WordIds, WordIds], side: Side, word: string): number {
  const id = sides[side].get(word);
  if (id === undefined) throw new InvalidOptionError('word', word, `"${word}" was not among the counted words`);
  return id;
}

/** Numbers the pairs of words that stand in the same topic. */
class PairNumbers {
  private readonly numbers = new Map<number, number>();
  private readonly base: number;

  constructor(
    topics: TopicPair,
    private readonly sides: readonly [WordIds, WordIds],
  ) {
    this.base = sides[0].size + sides[1].size;
    topics.first.forEach((words, topic) => {
      for (const first of words)
        for (const second of topics.second[topic] ?? []) this.include(this.key(first, second));
    });
  }

  /** Word ids of the pairs, by their numbers. */
  ids(): { first: Int32Array; second: Int32Array } {
    const keys = [...this.numbers.keys()];
    return {
      first: Int32Array.from(keys, (key) => Math.floor(key / this.base)),
      second: Int32Array.from(keys, (key) => key % this.base),
    };
  }

  number(first: string, second: string): number {
    const number = this.numbers.get(this.key(first, second));
    if (number === undefined)
      throw new InvalidOptionError('words', [first, second], `"${first}" and "${second}" were not counted as a pair`);
    return number;
  }

  private key(first: string, second: string): number {
    return knownId(this.sides, 0, first) * this.base + knownId(this.sides, 1, second);
  }

  private include(key: number): void {
    if (!this.numbers.has(key)) this.numbers.set(key, this.numbers.size);
  }
}
