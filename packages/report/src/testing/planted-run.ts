import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Corpus, DenseMatrix, SparseRows, TopicModel, WordRanking } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import {
  evaluateModel,
  RunFolder,
  topWords,
  writeResults,
  writeRunConfig,
  type RoundRecord,
  type RunEvent,
} from '@xtm/pipeline';

const TOPICS = 4;
const WORDS = 6;

/** A finished run on disk, and what it was trained on. */
export interface PlantedRun {
  readonly path: string;
  readonly corpus: Corpus;
}

export interface PlantedRunOptions {
  /** Changes the corpus before the run. */
  readonly change?: (corpus: Corpus) => Corpus;
  readonly events?: readonly RunEvent[];
  readonly rounds?: readonly RoundRecord[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How words are ranked; by probability by default. By weights the last word comes first. */
  readonly ranking?: WordRanking;
  readonly evaluation?: (evaluation: Awaited<ReturnType<typeof evaluateModel>>) => unknown;
}

/** Folders of planted runs, removed together. */
export class PlantedRuns {
  readonly #folder = mkdtempSync(join(tmpdir(), 'xtm-report-'));

  /** A run of four planted topics, written as a real one is. */
  async write(
    name: string,
    {
      change = (corpus) => corpus,
      events = [],
      rounds = [],
      settings = {},
      ranking,
      evaluation = (found) => found,
    }: PlantedRunOptions = {},
  ): Promise<PlantedRun> {
    const corpus = change(syntheticCorpus({ generator: new SeededGenerator(3), trainDocuments: [24, 20] }));
    const path = join(this.#folder, name);
    const folder = RunFolder.open(path);
    const model = plantedModel(corpus, ranking);
    await writeResults(folder, model, corpus, 5);
    // Not through the folder's writer: tests have figures that it would not write.
    writeFileSync(
      join(path, 'metrics.json'),
      JSON.stringify(evaluation(await evaluateModel(model, corpus, { topWords: 5, classifiers: [] }))),
    );
    writeRunConfig(folder, {
      settings: { model: 'planted', topWords: 5, seed: 0, ...settings },
      sources: { model: 'flag' },
      dataset: { name: 'planted', languages: [], dictionaryPairs: 24, fingerprint: 'same' },
      backend: { name: 'none', path: 'plain' },
      versions: { xtm: '0' },
      paths: {},
    });
    for (const event of events) folder.events.append(event);
    for (const round of rounds) folder.refinements.append(round);
    folder.close();
    return { path, corpus };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Knows which words each topic owns, and reads documents by them. */
function plantedModel({ languages }: Corpus, wordRanking?: WordRanking): TopicModel {
  const columns = TOPICS * WORDS;
  const topicWord = {
    rows: TOPICS,
    columns,
    data: Float32Array.from({ length: TOPICS * columns }, (_, at) =>
      plantedWeight(Math.floor(at / columns), at % columns),
    ),
  };
  const vocabularies = languages.map(({ vocabulary }) => vocabulary);
  return {
    name: 'planted',
    languages: languages.map(({ language }) => language),
    vocabularies,
    numTopics: TOPICS,
    topicWord: languages.map(() => topicWord),
    topicWeights: languages.map(() => ({ ...topicWord, data: topicWord.data.map((_, at) => at % columns) })),
    ...(wordRanking !== undefined && { wordRanking }),
    topics: (count = 5) =>
      Array.from({ length: TOPICS }, (_, index) => ({
        index,
        words: vocabularies.map((vocabulary) =>
          topWords(topicWord, topicWord, vocabulary, count)[index]!.map(({ word }) => word),
        ),
      })),
    transform: async (rows) => ({ proportions: readByWords(rows) }),
    save: async () => undefined,
    dispose: () => undefined,
  };
}

/** Own words weigh 24, 23, … 19 of 144 parts, others 1; rows sum to 1. */
function plantedWeight(topic: number, word: number): number {
  const own = Math.floor(word / WORDS) === topic;
  return (own ? 24 - (word % WORDS) : 5 / 6) / 144;
}

function readByWords({ rows, indptr, indices, values }: SparseRows): DenseMatrix {
  const data = new Float32Array(rows * TOPICS);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [indptr[row]!, indptr[row + 1]!];
    const total = values.subarray(start, end).reduce((a, b) => a + b, 0);
    for (let at = start; at < end; at++) data[row * TOPICS + Math.floor(indices[at]! / WORDS)]! += values[at]! / total;
  }
  return { rows, columns: TOPICS, data };
}
