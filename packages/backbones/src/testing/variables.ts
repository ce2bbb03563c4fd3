import type { SparseRows, TopicEncoder } from '@xtm/contracts';
import { selectRows } from '@xtm/numeric';

/** Values of all variables by name. */
export function valuesOf({ parameters, buffers }: TopicEncoder): Record<string, Float32Array> {
  return Object.fromEntries(
    [...parameters, ...buffers].map(([name, variable]) => [name, Float32Array.from(variable.dataSync())]),
  );
}

/** Sets every variable of `to` from the one of the same name. */
export function copyVariables(from: TopicEncoder, to: TopicEncoder): void {
  for (const kind of ['parameters', 'buffers'] as const) {
    for (const [name, variable] of to[kind]) {
      const source = from[kind].get(name);
      if (source === undefined) throw new Error(`nothing to set ${name} from`);
      variable.assign(source);
    }
  }
}

/** Inference read back and disposed, [documents · topics] each. */
export function inferAll(
  encoder: TopicEncoder,
  rows: SparseRows,
  languageIndex: number,
): { mu: Float32Array; theta: Float32Array } {
  const inference = encoder.infer(rows, languageIndex);
  const read = {
    mu: Float32Array.from(inference.mu.dataSync()),
    theta: Float32Array.from(inference.theta.dataSync()),
  };
  inference.mu.dispose();
  inference.theta.dispose();
  return read;
}

/** The rows last to first in pieces of 1, 2, 3, … rows. */
export function takenApart(rows: SparseRows): { positions: number[]; pieces: SparseRows[] } {
  const positions = Array.from({ length: rows.rows }, (_, row) => rows.rows - 1 - row);
  const pieces: SparseRows[] = [];
  for (let start = 0, size = 1; start < positions.length; start += size++)
    pieces.push(selectRows(rows, positions.slice(start, start + size)));
  return { positions, pieces };
}
