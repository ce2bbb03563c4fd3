import * as tf from '@tensorflow/tfjs-core';
import type { BackboneOutput, Language } from '@xtm/contracts';

/** A backbone's output whose loss is the sum of its parts. */
export function sumParts(parts: Readonly<Record<string, tf.Scalar>>, passed: Pick<BackboneOutput, 'documentTopics' | 'topicWord'>): BackboneOutput {
  return { loss: tf.addN(Object.values(parts)), parts, ...passed };
}

/** One part for each language, named `NAME.SUFFIX`. */
export function languageParts(name: string, languages: readonly Language[], losses: readonly tf.Scalar[]): Record<string, tf.Scalar> {
  return Object.fromEntries(languages.map(({ suffix }, l) => [`${name}.${suffix}`, losses[l]!]));
}
