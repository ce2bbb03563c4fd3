import { backbones } from '@xtm/backbones';
import { InvalidOptionError } from '@xtm/contracts';
import {
  adamStage,
  decoderLossStage,
  matrixProductsStage,
  mmdStage,
  mutualInformationStage,
} from './operation-stages';
import type { Stage } from './stage';
import { backboneStage, encoderStage, refinementStage } from './training-stages';

/** Everything that is measured, in the order of the table; a new stage is a file and a line here. */
export const stages: readonly Stage[] = [
  ...[...backbones.values()].map(backboneStage),
  ...[...backbones.values()].map(refinementStage),
  matrixProductsStage,
  encoderStage,
  decoderLossStage,
  adamStage,
  mutualInformationStage,
  mmdStage,
];

/** The stage of that name. Throws `InvalidOptionError`. */
export function findStage(name: string): Stage {
  const found = stages.find((stage) => stage.name === name);
  if (found === undefined)
    throw new InvalidOptionError('stage', name, `must be one of ${stages.map((stage) => stage.name).join(', ')}`);
  return found;
}

/**
 * The stages that the filters name: each filter the stage of that very name, else all whose names contain it. All
 * stages if there are no filters. Throws `InvalidOptionError` for a filter that fits nothing.
 */
export function selectStages(filters: readonly string[]): readonly Stage[] {
  if (filters.length === 0) return stages;
  const selected = new Set(filters.flatMap(stagesNamed));
  return stages.filter((stage) => selected.has(stage));
}

function stagesNamed(filter: string): readonly Stage[] {
  const exact = stages.filter(({ name }) => name === filter);
  const named = exact.length > 0 ? exact : stages.filter(({ name }) => name.includes(filter));
  if (named.length > 0) return named;
  throw new InvalidOptionError('filter', filter, `no stage's name contains ${filter}`, {
    advice: `There are ${stages.map(({ name }) => name).join(', ')}.`,
  });
}
