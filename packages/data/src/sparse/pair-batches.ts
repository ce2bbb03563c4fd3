import { z } from 'zod';
import { type Batch, type Corpus, InvalidOptionError, parseOptions, type RandomGenerator } from '@xtm/contracts';
import { selectRows } from '@xtm/numeric';

const optionsSchema = z.strictObject({
  sizes: z.array(z.int().positive()).min(1),
  batchSize: z.int().positive(),
  generator: z.custom<RandomGenerator>((value) => typeof value === 'object' && value !== null, 'must be a generator'),
});

export interface PairBatchOptions {
  /** Number of training documents of each language. */
  readonly sizes: readonly number[];
  /** Pairs per batch. */
  readonly batchSize: number;
  /** Draws the shuffle; hand in a generator of the epoch's own. */
  readonly generator: RandomGenerator;
}

/**
 * One epoch of pair batches: positions 0 to max(sizes) − 1 are shuffled, and each batch holds, per language, the
 * positions modulo that language's size. The last batch may be smaller. Pairs are not translations of each other.
 *
 * @returns For each batch one array [batch] of document positions per language.
 */
export function* pairBatches(options: PairBatchOptions): Generator<Int32Array[]> {
  const { sizes, batchSize, generator } = parseOptions(optionsSchema, options);
  const order = Int32Array.from({ length: Math.max(...sizes) }, (_, index) => index);
  generator.shuffle(order);
  for (let start = 0; start < order.length; start += batchSize) {
    const positions = order.subarray(start, start + batchSize);
    yield sizes.map((size) => positions.map((position) => position % size));
  }
}

/** Number of batches that {@link pairBatches} yields an epoch. */
export function countPairBatches(sizes: readonly number[], batchSize: number): number {
  return Math.ceil(Math.max(...sizes) / batchSize);
}

/**
 * The bags of words of a batch.
 *
 * @param documents Positions in each language's training set, as {@link pairBatches} yields them.
 * @throws InvalidOptionError unless there is one array of the same length per language.
 */
export function batchRows(corpus: Corpus, documents: readonly Int32Array[]): Batch {
  const size = documents[0]?.length ?? 0;
  if (documents.length !== corpus.languages.length || documents.some(({ length }) => length !== size)) {
    throw new InvalidOptionError(
      'documents',
      documents,
      `must be ${corpus.languages.length} arrays of the same length`,
    );
  }
  return {
    size,
    languages: corpus.languages.map(({ train }, index) => ({
      rows: selectRows(train.rows, documents[index]!),
      documents: documents[index]!,
    })),
  };
}
