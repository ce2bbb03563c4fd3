import { InvalidOptionError } from '@xtm/contracts';
import { presentName } from '../settings/former-names';
import { setAt, type SettingLayer } from '../settings/layers';
import { findSetting, optionGroups } from '../settings/table';

export type SettingValue = string | number | boolean;

/** A setting that a sweep varies, by its name or an option's path: `numTopics`, `models.nmtm.dropout`. */
export interface VariedSetting {
  readonly name: string;
  readonly values: readonly SettingValue[];
}

/** One combination of the varied settings' values. */
export type GridCell = Readonly<Record<string, SettingValue>>;

/**
 * Settings to vary under their present names.
 *
 * @throws InvalidOptionError for a name that is no setting, a value given twice, and a setting varied twice
 */
export function checkVaried(varied: readonly VariedSetting[]): VariedSetting[] {
  const named = varied.map(({ name, values }) => ({ name: presentName(name), values }));
  for (const [at, { name, values }] of named.entries()) {
    checkName(name);
    if (values.length === 0 || new Set(values).size < values.length) {
      throw new InvalidOptionError('vary', name, `give ${name} at least one value, and each value once`);
    }
    if (named.findIndex((other) => other.name === name) < at) {
      throw new InvalidOptionError('vary', name, `${name} is varied twice`);
    }
  }
  return named;
}

function checkName(name: string): void {
  if (name === 'seed') {
    throw new InvalidOptionError('vary', name, 'the seed cannot be varied', {
      advice: 'Name seeds with `seeds`.',
    });
  }
  const [group, ...path] = name.split('.');
  const known = optionGroups.find(({ name: groupName, flag }) => group === groupName || group === flag);
  const isOption = known !== undefined && path.length > 0 && path.every((part) => part !== '');
  if (findSetting(name) !== undefined || isOption) return;
  throw new InvalidOptionError('vary', name, `there is no setting ${name}`, {
    advice: 'Name a setting such as numTopics or rounds, or an option such as models.nmtm.dropout.',
  });
}

/** All combinations; the last setting varies fastest. */
export function gridCells(varied: readonly VariedSetting[]): GridCell[] {
  return varied.reduce<GridCell[]>(
    (cells, { name, values }) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
}

/** Settings with those of a cell in place of their own. */
export function withCell(layer: SettingLayer, cell: GridCell): SettingLayer {
  return Object.entries(cell).reduce((before, [name, value]) => setAt(before, name.split('.'), value), layer);
}

/** What the run of a cell and seed is called, safe in any file system. */
export function cellName(cell: GridCell, seed: number): string {
  const parts = [...Object.entries(cell), ['seed', seed] as const];
  return parts.map(([name, value]) => `${name}-${String(value).replace(/[^\p{L}\p{N}.-]/gu, '_')}`).join('_');
}
