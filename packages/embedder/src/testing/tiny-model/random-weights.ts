import type { RandomGenerator } from '@xtm/contracts';
import { type EncoderShape, weightShapes } from './encoder-shape';

/** Weights by name, each drawn when it is asked for, so that large models never lie in memory as a whole. */
export type WeightSource = (name: string) => Float32Array;

/**
 * Random weights: normal with standard deviation `scale / √(inputs)`; layer norms near one and zero. The same name
 * always gets the same numbers.
 */
export function randomWeights(shape: EncoderShape, generator: RandomGenerator, scale = 1): WeightSource {
  const shapes = weightShapes(shape);
  return (name) => {
    const sizes = shapes.get(name)!;
    const weights = new Float32Array(sizes.reduce((product, size) => product * size, 1));
    generator.fork(name).fillNormal(weights);
    const isLayerNorm = name.includes('LayerNorm');
    const deviation =
      isLayerNorm || sizes.length === 1 ? 0.1 : name.startsWith('embeddings') ? 1 : scale / Math.sqrt(sizes[0]!);
    const centre = isLayerNorm && name.endsWith('weight') ? 1 : 0;
    return weights.map((value) => centre + deviation * value);
  };
}

/** The same weights, kept once drawn: for models small enough to be held in memory. */
export function keepWeights(source: WeightSource): WeightSource {
  const kept = new Map<string, Float32Array>();
  return (name) => {
    const weights = kept.get(name) ?? source(name);
    kept.set(name, weights);
    return weights;
  };
}
