import type { BackboneDefinition } from '@xtm/contracts';

/**
 * Options of a model as it was saved, complete for today's definition: models of earlier versions do not say how they
 * normalise, since there was only the published way.
 */
export function savedModelOptions({ published }: BackboneDefinition, saved: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return saved['normalisation'] === undefined ? { ...published, ...saved } : saved;
}
