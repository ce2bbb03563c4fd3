import * as tf from '@tensorflow/tfjs-core';
import type { Backbone } from '@xtm/contracts';
import type { OwnArray } from '../public-checkpoint';

/** Sets a variable from an array in our layout. */
export function assignArray(variable: tf.Variable, { data }: OwnArray): void {
  tf.tidy(() => variable.assign(tf.tensor(data, variable.shape)));
}

/** Sets every variable of the backbone from the state; a variable that the state lacks throws. */
export function assignState(backbone: Backbone, state: ReadonlyMap<string, OwnArray>): void {
  for (const [name, variable] of [...backbone.parameters, ...backbone.buffers]) {
    const array = state.get(name);
    if (array === undefined) throw new Error(`the golden state has nothing for ${name}`);
    tf.tidy(() => variable.assign(tf.tensor(array.data, variable.shape)));
  }
}
