import type { Workload } from './workload/workload';

/** One way in which the work grows. */
export interface Growth {
  /** For example `documents ×2`. */
  readonly name: string;
  readonly workload: Workload;
}

type Grown = 'documents' | 'vocabulary' | 'topics';

const FACTORS: Readonly<Record<Grown, readonly number[]>> = { documents: [2, 4, 8], vocabulary: [2, 4], topics: [2, 4] };

/** The model whose cost is followed. */
export const SCALING_STAGE = 'nmtm';

/** The workload itself, then with more documents, words or topics, one of them at a time. */
export function growths(workload: Workload): Growth[] {
  const grown = (Object.keys(FACTORS) as Grown[]).flatMap((size) => FACTORS[size].map((factor) => ({ name: `${size} ×${factor}`, workload: grow(workload, size, factor) })));
  return [{ name: '', workload }, ...grown];
}

/** A larger vocabulary has more translations too. */
function grow(workload: Workload, size: Grown, factor: number): Workload {
  const dictionaryPairs = workload.dictionaryPairs * (size === 'vocabulary' ? factor : 1);
  return { ...workload, dictionaryPairs, [size]: workload[size] * factor };
}
