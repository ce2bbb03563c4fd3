import { InvalidOptionError, type RandomGenerator } from '@xtm/contracts';
import { mean, sampleDeviation } from '../topic-scores';

/** A measure of documents' proportions beside what it gives when they are dealt out to the documents at random. */
export interface ScoreWithFloor {
  readonly value: number;
  /** Mean of the same measure over random permutations of the proportions among the documents. */
  readonly floor: number;
  /** Standard deviation (n − 1) over the permutations. */
  readonly floorDeviation: number;
  /** `value` − `floor`. */
  readonly gain: number;
}

/**
 * Scores proportions as they are and permuted among the documents, which keeps every topic's share but not which
 * document has it: a measure that is no better than its floor says nothing about the documents.
 *
 * @param documents how many there are
 * @param score the measure when document d has the proportions of document `order[d]`
 * @param generator shuffles the documents
 * @param permutations at least 2; default 5
 * @throws InvalidOptionError for fewer than two permutations.
 */
export function scoreWithFloor(
  documents: number,
  score: (order: Int32Array) => number,
  generator: RandomGenerator,
  permutations = 5,
): ScoreWithFloor {
  if (!Number.isInteger(permutations) || permutations < 2)
    throw new InvalidOptionError('permutations', permutations, 'a floor needs at least two permutations');
  const ownOrder = (): Int32Array => Int32Array.from({ length: documents }, (_, document) => document);
  const value = score(ownOrder());
  const floors = Array.from({ length: permutations }, () => {
    const order = ownOrder();
    generator.shuffle(order);
    return score(order);
  });
  const floor = mean(floors);
  return { value, floor, floorDeviation: sampleDeviation(floors), gain: value - floor };
}
