import { z } from 'zod';

const count = z.int().min(1);

/** What a workload may be made of; every size has a default, so that a key names only what differs. */
export const workloadSchema = z.strictObject({
  /** Training documents a language. */
  documents: count.default(20_000),
  /** Words a language. */
  vocabulary: count.default(5_000),
  /** Mean number of different words a document. */
  wordsPerDocument: count.default(30),
  /** Translation pairs between the two vocabularies. */
  dictionaryPairs: count.default(11_291),
  /** Width of document embeddings and of the word embeddings of the MMD. */
  dimensions: count.default(1_024),
  topics: z.int().min(2).default(50),
  /** Document pairs a step. */
  batchSize: count.default(128),
  /** Numbers that the optimiser is timed on. */
  optimiserParameters: count.default(12_000_000),
  seed: z.int().min(0).default(0),
  /** Real documents in place of generated ones: a benchmark folder, its dictionary and, where it does not tell them, its languages. */
  dataset: z.strictObject({ folder: z.string(), dictionary: z.string(), languages: z.string().optional() }).optional(),
});

/** The work that stages are measured on; by default as large as Amazon Review with the papers' settings. */
export type Workload = Readonly<z.output<typeof workloadSchema>>;
