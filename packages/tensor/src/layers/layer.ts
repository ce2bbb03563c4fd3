import type { Variable } from '@tensorflow/tfjs-core';

/** A part of a model that holds variables. */
export interface Layer {
  /** Trained variables by name. */
  readonly parameters: ReadonlyMap<string, Variable>;
  /** Variables that are saved but not trained, by name. */
  readonly buffers: ReadonlyMap<string, Variable>;
}

/** Variables of several layers in one map, under `layer.variable`. */
export function collectVariables(layers: Readonly<Record<string, Layer>>, kind: keyof Layer): Map<string, Variable> {
  const entries = Object.entries(layers).flatMap(([prefix, layer]) =>
    [...layer[kind]].map(([name, variable]): [string, Variable] => [`${prefix}.${name}`, variable]));
  return new Map(entries);
}

/** Disposes variables; the same variable may occur in several maps. */
export function disposeVariables(...maps: readonly ReadonlyMap<string, Variable>[]): void {
  for (const map of maps) for (const variable of map.values()) if (!variable.isDisposed) variable.dispose();
}
