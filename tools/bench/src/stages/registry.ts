import { backbones } from '@xtm/backbones';
import { InvalidOptionError } from '@xtm/contracts';
import { adamStage } from './adam';
import { backboneStage } from './backbone-step';
import { decoderLossStage } from './decoder-loss';
import { encoderStage } from './encoder';
import { mmdStage } from './mmd';
import { mutualInformationStage } from './mutual-information';
import type { Stage } from './stage';

/** Everything that is measured, in the order of the table; a new stage is a file and a line here. */
export const stages: readonly Stage[] = [
  ...[...backbones.values()].map(backboneStage),
  encoderStage,
  decoderLossStage,
  adamStage,
  mutualInformationStage,
  mmdStage,
];

/** The stage of that name. Throws `InvalidOptionError`. */
export function findStage(name: string): Stage {
  const found = stages.find((stage) => stage.name === name);
  if (found === undefined) throw new InvalidOptionError('stage', name, `must be one of ${stages.map((stage) => stage.name).join(', ')}`);
  return found;
}

/** The stages whose name contains one of the filters, all of them if there are none. Throws `InvalidOptionError` where none does. */
export function selectStages(filters: readonly string[]): readonly Stage[] {
  if (filters.length === 0) return stages;
  const selected = stages.filter(({ name }) => filters.some((filter) => name.includes(filter)));
  if (selected.length > 0) return selected;
  throw new InvalidOptionError('filter', filters, `no stage's name contains ${filters.join(' or ')}`, { advice: `There are ${stages.map(({ name }) => name).join(', ')}.` });
}
