import * as tf from '@tensorflow/tfjs-core';
import { DataFormatError } from '@xtm/contracts';
import type { StoredTensor } from './stored-tensor';

/** The variables' present values, to be written to a file. */
export function readVariables(variables: ReadonlyMap<string, tf.Variable>): Map<string, StoredTensor> {
  return new Map([...variables].map(([name, variable]) => [name, { dtype: 'F32', shape: variable.shape, data: variable.dataSync() as Float32Array }]));
}

/**
 * Sets every variable to the stored tensor of its name. Stored tensors that have no variable are left alone. Nothing is
 * changed when one is missing or has another shape.
 *
 * @param file where the tensors came from, for error messages
 * @throws DataFormatError
 */
export function assignVariables(variables: ReadonlyMap<string, tf.Variable>, stored: ReadonlyMap<string, StoredTensor>, file: string): void {
  for (const [name, variable] of variables) {
    const tensor = stored.get(name);
    if (tensor === undefined) throw new DataFormatError('is missing', { file, field: name });
    const fits = tensor.dtype === 'F32' && tf.util.arraysEqual([...tensor.shape], variable.shape);
    if (!fits) throw new DataFormatError(`holds ${tensor.dtype} [${tensor.shape.join(', ')}], expected F32 [${variable.shape.join(', ')}]`, { file, field: name });
  }
  tf.tidy(() => {
    for (const [name, variable] of variables) variable.assign(tf.tensor(stored.get(name)!.data as Float32Array, variable.shape));
  });
}
