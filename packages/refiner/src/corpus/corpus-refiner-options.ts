import { InvalidOptionError, parseOptions, type DenseMatrix, type RandomGenerator, type SparseRows, type WordPairs } from '@xtm/contracts';
import { z } from 'zod';

const schema = z.strictObject({
  /** Top words a language and topic that are candidates. Default 50. */
  topWords: z.number().int().positive().default(50),
  /** Nearest words in each language that a top word brings as candidates. Default 5. */
  neighbours: z.number().int().nonnegative().default(5),
  /** Strength of the noise that tells rounds apart, in standard deviations of the candidates' scores. Default 0.3. */
  temperature: z.number().nonnegative().default(0.3),
  /** Weight of co-occurrence with the topic's words. Default 1. */
  cooccurrenceWeight: z.number().nonnegative().default(1),
  /** Weight of closeness to the topic's centroid. Default 1. */
  fitWeight: z.number().nonnegative().default(1),
  /** Weight of being rare in other topics. Default 0.75. */
  rarityWeight: z.number().nonnegative().default(0.75),
});

type CorpusRefinerSettings = z.input<typeof schema>;
export type ResolvedCorpusRefinerSettings = z.output<typeof schema>;

/** What the corpus refiner works from. Arrays have one entry a language. */
export interface CorpusRefinerResources {
  readonly vocabularies: readonly (readonly string[])[];
  /** Bags of words of training documents [documents, vocabulary]; test documents have no place here. */
  readonly trainRows: readonly SparseRows[];
  /** Word embeddings in one space for all languages [vocabulary, dimensions]. */
  readonly wordEmbeddings: readonly DenseMatrix[];
  /** Translation pairs. Default none. */
  readonly dictionary?: WordPairs;
  readonly generator: RandomGenerator;
}

export interface CorpusRefinerOptions extends CorpusRefinerResources, CorpusRefinerSettings {}

/** Fills in defaults. Throws `InvalidOptionError`, also when resources do not fit one another. */
export function resolveCorpusRefinerOptions({ vocabularies, trainRows, wordEmbeddings, dictionary, generator, ...settings }: CorpusRefinerOptions) {
  const resolved = parseOptions(schema, settings);
  const sizes = vocabularies.map(({ length }) => length);
  requireSizes('trainRows', trainRows.map(({ columns }) => columns), sizes);
  requireSizes('wordEmbeddings', wordEmbeddings.map(({ rows }) => rows), sizes);
  return { resources: { vocabularies, trainRows, wordEmbeddings, generator, ...(dictionary === undefined ? {} : { dictionary }) }, settings: resolved };
}

function requireSizes(option: string, found: readonly number[], sizes: readonly number[]): void {
  if (found.join() !== sizes.join()) throw new InvalidOptionError(option, found, `must fit the vocabularies of ${sizes.join(' and ')} words`);
}
