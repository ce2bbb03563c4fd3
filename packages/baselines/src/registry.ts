import { type BaselineDefinition, InvalidOptionError } from '@xtm/contracts';
import { mcta } from './mcta/mcta';
import { mtanchor } from './mtanchor/mtanchor';
import { svdLr, uSvd } from './svd/svd-baselines';

/** Every baseline by its name; a new one is a line here. */
export const baselines: ReadonlyMap<string, BaselineDefinition> = new Map(
  [uSvd, svdLr, mtanchor, mcta].map(({ definition }) => [definition.name, definition]),
);

/** The baseline of that name. Throws `InvalidOptionError` with the known names. */
export function findBaseline(name: string): BaselineDefinition {
  const found = baselines.get(name);
  if (found === undefined)
    throw new InvalidOptionError('model', name, `must be one of ${[...baselines.keys()].join(', ')}`);
  return found;
}
