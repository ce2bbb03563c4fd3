import type { RandomGenerator } from '@xtm/contracts';
import type { RawDocument } from '../documents/raw-document';

export interface SplitDocuments {
  readonly train: readonly RawDocument[];
  readonly test: readonly RawDocument[];
}

/**
 * Divides documents into training and test: by their own split where they have one, else `testFraction` of them
 * (rounded) drawn by the generator. Both keep the order they came in.
 */
export function splitDocuments(documents: readonly RawDocument[], testFraction: number, generator: RandomGenerator): SplitDocuments {
  if (documents[0]?.split !== undefined) {
    return { train: documents.filter(({ split }) => split === 'train'), test: documents.filter(({ split }) => split === 'test') };
  }
  const order = Int32Array.from(documents, (_, index) => index);
  generator.shuffle(order);
  const test = new Set(order.subarray(0, Math.round(documents.length * testFraction)));
  return { train: documents.filter((_, index) => !test.has(index)), test: documents.filter((_, index) => test.has(index)) };
}
