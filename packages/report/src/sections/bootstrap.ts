import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';

/** Mean of each column over some rows, with the interval that holds the middle 95% of its resampled means. */
export interface BootstrapMeans {
  /** [columns]. */
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Resamples: the interval's ends are the 6th and 195th of them. */
const RESAMPLES = 200;

const LEFT_OUT = 5;

/** Larger groups are put into as many blocks at random: means of blocks vary as those of rows do, less by their size. */
const MOST_BLOCKS = 1000;

/**
 * Percentile bootstrap (Efron 1979) of column means over a group of rows, drawn with replacement.
 *
 * @param rows at least one row of the matrix
 */
export function bootstrapMeans(matrix: DenseMatrix, rows: Int32Array, generator: RandomGenerator): BootstrapMeans {
  const { columns } = matrix;
  const blocks = sumBlocks(matrix, rows, generator);
  const everyBlock = Int32Array.from({ length: blocks.sizes.length }, (_, block) => block);
  const resampled = Array.from({ length: RESAMPLES }, () => meanOfBlocks(blocks, everyBlock.map(() => generator.integer(everyBlock.length))));
  const [low, high] = [new Float64Array(columns), new Float64Array(columns)];
  for (let column = 0; column < columns; column++) {
    const sorted = Float64Array.from(resampled, (means) => means[column]!).sort();
    low[column] = sorted[LEFT_OUT]!;
    high[column] = sorted[RESAMPLES - 1 - LEFT_OUT]!;
  }
  return { mean: meanOfBlocks(blocks, everyBlock), low, high };
}

interface BlockSums {
  /** Rows of each block. */
  readonly sizes: Int32Array;
  /** [blocks, columns]. */
  readonly sums: Float64Array;
  readonly columns: number;
}

function sumBlocks({ columns, data }: DenseMatrix, rows: Int32Array, generator: RandomGenerator): BlockSums {
  const order = Int32Array.from(rows);
  generator.shuffle(order);
  const count = Math.min(MOST_BLOCKS, rows.length);
  const blocks = { sizes: new Int32Array(count), sums: new Float64Array(count * columns), columns };
  order.forEach((row, at) => {
    const block = at % count;
    blocks.sizes[block]! += 1;
    for (let column = 0; column < columns; column++) blocks.sums[block * columns + column]! += data[row * columns + column]!;
  });
  return blocks;
}

function meanOfBlocks({ sizes, sums, columns }: BlockSums, chosen: Int32Array): Float64Array {
  const total = new Float64Array(columns);
  let rows = 0;
  for (const block of chosen) {
    rows += sizes[block]!;
    for (let column = 0; column < columns; column++) total[column]! += sums[block * columns + column]!;
  }
  return total.map((sum) => sum / rows);
}
