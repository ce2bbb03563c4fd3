import type { TokenBatch } from './onnx-session';

/** Pads token ids of texts to the longest of them. */
export function padBatch(sequences: readonly (readonly number[])[], padId: number): TokenBatch {
  const tokens = sequences.reduce((longest, ids) => Math.max(longest, ids.length), 0);
  const ids = new BigInt64Array(sequences.length * tokens).fill(BigInt(padId));
  const mask = new BigInt64Array(sequences.length * tokens);
  sequences.forEach((sequence, text) => {
    sequence.forEach((id, token) => {
      ids[text * tokens + token] = BigInt(id);
      mask[text * tokens + token] = 1n;
    });
  });
  return { texts: sequences.length, tokens, ids, mask };
}
