import { type BackboneDefinition, InvalidOptionError } from '@xtm/contracts';
import { gloctm } from './gloctm';
import { infoctm } from './infoctm';
import { nmtm } from './nmtm';
import { xtra } from './xtra';

/** In the order of lists; a new one is a line here. */
const BACKBONES = [
  nmtm,
  infoctm,
  xtra,
  gloctm,
];

/** Every backbone by its name. */
export const backbones: ReadonlyMap<string, BackboneDefinition> = new Map(
  BACKBONES.map(({ definition }) => [definition.name, definition]),
);

/** The backbone of that name. Throws `InvalidOptionError` with the known names. */
export function findBackbone(name: string): BackboneDefinition {
  const found = backbones.get(name);
  if (found === undefined)
    throw new InvalidOptionError('model', name, `must be one of ${[...backbones.keys()].join(', ')}`);
  return found;
}
