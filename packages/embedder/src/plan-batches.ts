/** Limits of a batch. */
export interface BatchLimits {
  /** Most tokens, padding included: the batch's longest text times its number of texts. A longer text goes alone. */
  readonly batchTokens: number;
  readonly batchTexts: number;
}

/** Batches of indices, longest texts first, so that little is padded and what is too large for the memory shows at once. */
export function planBatches(lengths: ArrayLike<number>, limits: BatchLimits): number[][] {
  const order = Array.from({ length: lengths.length }, (_, index) => index).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const batches: number[][] = [];
  let longest = 0;
  for (const index of order) {
    const current = batches.at(-1);
    const fits = current !== undefined && current.length < limits.batchTexts && longest * (current.length + 1) <= limits.batchTokens;
    if (fits) current.push(index);
    else {
      batches.push([index]);
      longest = Math.max(1, lengths[index]!);
    }
  }
  return batches;
}
