import { aligned, PARTS } from '../threads/shared-heap';

const FLOAT = 4;
const LANES = 4;

/** What one batch needs room for. */
export interface DecoderSizes {
  readonly rows: number;
  readonly columns: number;
  readonly topics: number;
  /** Floats of a padded row. */
  readonly padded: number;
  /** Different words of all documents, added up. */
  readonly words: number;
  /** Bytes of scratch that products need. */
  readonly product: number;
}

/** What has room in a slot, in the order of its addresses. */
const PLACES = [
  'task', 'theta', 'beta', 'shift', 'indptr', 'indices', 'counts', 'normalised', 'exponentials', 'mean', 'variance', 'inverseDeviation',
  'losses', 'factors', 'betaGradient', 'shiftGradient', 'thetaGradient', 'rowSums', 'thetaGradients', 'products',
] as const;

type Place = (typeof PLACES)[number];

/** Where everything of one batch lies. */
export type DecoderLayout = Readonly<Record<Place, number>>;

/** Fields of `DecoderTask` in `assembly/decoder.ts`. */
export const TASK_FIELDS = 28;

/** Bytes of each place. */
function sizesOf({ rows, columns, topics, padded, words, product }: DecoderSizes): Readonly<Record<Place, number>> {
  const [perRow, perColumn, matrix, theta, beta] = [rows * FLOAT, padded * FLOAT, rows * padded * FLOAT, rows * topics * FLOAT, topics * columns * FLOAT];
  return {
    task: TASK_FIELDS * FLOAT,
    theta,
    beta,
    shift: perColumn,
    indptr: perRow + FLOAT,
    indices: words * FLOAT,
    counts: words * FLOAT,
    normalised: matrix,
    exponentials: matrix,
    mean: perColumn,
    variance: perColumn,
    inverseDeviation: perColumn,
    losses: perRow,
    factors: perRow,
    betaGradient: beta,
    shiftGradient: perColumn,
    thetaGradient: theta,
    rowSums: PARTS * perRow * LANES,
    thetaGradients: PARTS * theta,
    products: PARTS * product,
  };
}

/** Bytes of a slot for such a batch. */
export function slotBytes(sizes: DecoderSizes): number {
  return Object.values(sizesOf(sizes)).reduce((sum, bytes) => sum + aligned(bytes), 0);
}

/** Shares out a slot that begins at an address. */
export function layOutDecoder(sizes: DecoderSizes, begin: number): DecoderLayout {
  const bytes = sizesOf(sizes);
  let end = begin;
  return Object.fromEntries(PLACES.map((place) => {
    const address = end;
    end += aligned(bytes[place]);
    return [place, address];
  })) as Record<Place, number>;
}
