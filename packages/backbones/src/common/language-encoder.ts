import * as tf from '@tensorflow/tfjs-core';
import type { ForwardContext, Inference, NoiseSource, SparseRows, TopicEncoder } from '@xtm/contracts';
import { collectVariables, disposeVariables, type Layer } from '@xtm/tensor';
import type { Posterior } from './posterior';

/** Encodes bags of words of any of its languages. */
export interface LanguageEncoder {
  /** Layers by the prefix of their variables' names. */
  readonly layers: Readonly<Record<string, Layer>>;
  encode(rows: SparseRows, languageIndex: number, context: ForwardContext): Posterior;
}

/** Leaves everything it is handed as it is; for encoders whose variables come from a checkpoint. */
export const NO_DRAWS: NoiseSource = { fillNormal: () => undefined, fillUniform: () => undefined };

const INFERENCE: ForwardContext = { training: false, generator: NO_DRAWS };

/** Posterior means and topic proportions of documents in inference mode. */
export function inferTopics(encoder: LanguageEncoder, rows: SparseRows, languageIndex: number): Inference {
  const mu = tf.tidy(() => encoder.encode(rows, languageIndex, INFERENCE).mean);
  return { mu, theta: tf.softmax(mu) };
}

/** The encoder on its own, without decoder or losses. */
export function topicEncoder(encoder: LanguageEncoder): TopicEncoder {
  const parameters = collectVariables(encoder.layers, 'parameters');
  const buffers = collectVariables(encoder.layers, 'buffers');
  return {
    parameters,
    buffers,
    infer: (rows, languageIndex) => inferTopics(encoder, rows, languageIndex),
    dispose: () => disposeVariables(parameters, buffers),
  };
}

/** Layers under a common prefix. */
export function prefixLayers(prefix: string, layers: Readonly<Record<string, Layer>>): Record<string, Layer> {
  return Object.fromEntries(Object.entries(layers).map(([name, layer]) => [`${prefix}.${name}`, layer]));
}
