import * as tf from '@tensorflow/tfjs-core';
import type {
  Backbone,
  BackboneOutput,
  Batch,
  ForwardContext,
  Inference,
  InferenceNormalisation,
  Language,
  SparseRows,
} from '@xtm/contracts';
import { collectVariables, disposeVariables, type Layer } from '@xtm/tensor';
import type { LanguageEncoder } from './language-encoder';

interface LayeredBackboneParts {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly numTopics: number;
  readonly encoder: LanguageEncoder;
  /** All other layers by the prefix of their variables' names. */
  readonly layers: Readonly<Record<string, Layer>>;
}

/** What all backbones share: variables collected from layers, inference through the encoder, disposal. */
export abstract class LayeredBackbone implements Backbone {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly numTopics: number;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  protected readonly encoder: LanguageEncoder;

  protected constructor({ name, languages, numTopics, encoder, layers }: LayeredBackboneParts) {
    const all = { ...encoder.layers, ...layers };
    this.name = name;
    this.languages = languages;
    this.numTopics = numTopics;
    this.encoder = encoder;
    this.parameters = collectVariables(all, 'parameters');
    this.buffers = collectVariables(all, 'buffers');
  }

  get inferenceNormalisation(): InferenceNormalisation {
    return this.encoder;
  }

  abstract forward(batch: Batch, context: ForwardContext): BackboneOutput;
  abstract topicWord(): tf.Tensor2D[];

  infer(rows: SparseRows, languageIndex: number): Inference {
    return this.encoder.infer(rows, languageIndex);
  }

  dispose(): void {
    disposeVariables(this.parameters, this.buffers);
  }
}

/** A backbone's output whose loss is the sum of its parts. */
export function sumParts(
  parts: Readonly<Record<string, tf.Scalar>>,
  passed: Pick<BackboneOutput, 'documentTopics' | 'topicWord'>,
): BackboneOutput {
  return { loss: tf.addN(Object.values(parts)), parts, ...passed };
}

/** One part for each language, named `NAME.SUFFIX`. */
export function languageParts(
  name: string,
  languages: readonly Language[],
  losses: readonly tf.Scalar[],
): Record<string, tf.Scalar> {
  return Object.fromEntries(languages.map(({ suffix }, l) => [`${name}.${suffix}`, losses[l]!]));
}
