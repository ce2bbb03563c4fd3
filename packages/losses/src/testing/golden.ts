import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** An array of a golden case, row-major. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Reads a case of known numbers from the folder named by `XTM_GOLDEN`, else from the package's own. */
export function readGoldenCase<Case>(name: string): Case {
  const folder = process.env['XTM_GOLDEN'] ?? join(__dirname, '../../golden');
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Case;
}

export function matrix({ shape, data }: StoredArray): tf.Tensor2D {
  return tf.tensor2d([...data], [shape[0]!, shape[1]!]);
}

export function vector({ data }: StoredArray): tf.Tensor1D {
  return tf.tensor1d([...data]);
}

interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** Float32 tolerance of the golden cases: 1e-4 relative, 1e-5 absolute near zero. */
export function expectClose(actual: tf.Tensor | ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance = {}): void {
  const { relative = 1e-4, absolute = 1e-5 } = tolerance;
  const values = Array.from(actual instanceof tf.Tensor ? actual.dataSync() : actual);
  expect(values).toHaveLength(expected.length);
  values.forEach((value, index) => {
    const target = expected[index]!;
    const isClose = Math.abs(value - target) <= absolute + relative * Math.abs(target);
    if (!isClose) throw new Error(`entry ${index} is ${value}, expected ${target}`);
  });
}
