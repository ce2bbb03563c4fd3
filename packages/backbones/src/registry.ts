import { type BackboneDefinition, InvalidOptionError } from '@xtm/contracts';
import { gloctm } from './gloctm';
import { infoctm } from './infoctm';
import { nmtm } from './nmtm';
import { xtra } from './xtra';

/** Every backbone by its name; a new one is a line here. */
export const backbones: ReadonlyMap<string, BackboneDefinition> = new Map(
  [nmtm, infoctm, xtra, gloctm].map(({ definition }) => [definition.name, definition]),
);

/** The backbone of that name. Throws `InvalidOptionError` with the known names. */
export function findBackbone(name: string): BackboneDefinition {
  const found = backbones.get(name);
  if (found === undefined)
    throw new InvalidOptionError('model', name, `must be one of ${[...backbones.keys()].join(', ')}`);
  return found;
}
