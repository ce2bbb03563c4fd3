import { type BaselineDefinition, InvalidOptionError } from '@xtm/contracts';
import { mcta } from './mcta/mcta';
import { mtanchor } from './mtanchor/mtanchor';
import { svdLr, uSvd } from './svd/svd-baselines';

/** In the order of lists; a new one is a line here. */
const BASELINES = [
  uSvd,
  svdLr,
  mtanchor,
  mcta,
];

/** Every baseline by its name. */
export const baselines: ReadonlyMap<string, BaselineDefinition> = new Map(
  BASELINES.map(({ definition }) => [definition.name, definition]),
);

/** The baseline of that name. Throws `InvalidOptionError` with the known names. */
export function findBaseline(name: string): BaselineDefinition {
  const found = baselines.get(name);
  if (found === undefined)
    throw new InvalidOptionError('model', name, `must be one of ${[...baselines.keys()].join(', ')}`);
  return found;
}
