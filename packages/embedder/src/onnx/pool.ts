import type { DenseMatrix } from '@xtm/contracts';
import type { GraphOutput } from './onnx-session';

/** How a text's vector comes from its tokens' states: the first token's, or the mean of all. */
export type Pooling = 'cls' | 'mean';

/**
 * Vectors [texts, dimensions] from a graph's output. Hidden states [texts, tokens, dimensions] are pooled over the first
 * `lengths[t]` tokens of text t; vectors that the graph pooled itself are taken as they are.
 */
export function pool({ shape, data }: GraphOutput, lengths: readonly number[], pooling: Pooling): DenseMatrix {
  const columns = shape.at(-1)!;
  const tokens = shape.length === 3 ? shape[1]! : 1;
  const out = new Float32Array(lengths.length * columns);
  lengths.forEach((length, text) => {
    const counted = pooling === 'cls' || tokens === 1 ? 1 : length;
    const target = out.subarray(text * columns, (text + 1) * columns);
    for (let token = 0; token < counted; token++) {
      const start = (text * tokens + token) * columns;
      for (let c = 0; c < columns; c++) target[c]! += data[start + c]! / counted;
    }
  });
  return { rows: lengths.length, columns, data: out };
}
