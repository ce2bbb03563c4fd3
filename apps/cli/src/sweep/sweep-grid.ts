import { InvalidOptionError } from '@xtm/contracts';
import { parseScalar, splitAssignment } from '../settings/parse-value';

export type SettingValue = string | number | boolean;

/** A setting that a sweep varies, by its name in `config.json`: `numTopics`, `refinement.rounds`. */
export interface VariedSetting {
  readonly name: string;
  readonly values: readonly SettingValue[];
}

/** One combination of the varied settings' values. */
export type GridCell = Readonly<Record<string, SettingValue>>;

/** Groups of settings, and the flags that take their members as pairs. */
const GROUP_FLAGS: Readonly<Record<string, string>> = { modelOptions: 'modelOption', embedderOptions: 'embedderOption', refinement: 'refinementOption', refinerOptions: 'refinerOption' };

/** Settings to vary as typed, `numTopics=20,50`. Throws `InvalidOptionError`. */
export function parseVaried(texts: readonly string[]): VariedSetting[] {
  const varied = texts.map((text) => {
    const [name, list] = splitAssignment('vary', text);
    const values = list.split(',').map((value) => parseScalar(value.trim()));
    if (list.trim() === '' || new Set(values).size < values.length) throw new InvalidOptionError('vary', text, 'give each value once, parted by commas');
    checkName(name);
    return { name, values };
  });
  const repeated = varied.find(({ name }, at) => varied.findIndex((other) => other.name === name) !== at);
  if (repeated !== undefined) throw new InvalidOptionError('vary', repeated.name, `${repeated.name} is varied twice`);
  return varied;
}

function checkName(name: string): void {
  const [group, member, ...deeper] = name.split('.');
  if (name === 'seed') throw new InvalidOptionError('vary', name, 'seeds make deviations', { advice: 'Name them with --seeds.' });
  if (deeper.length > 0 || member === '' || (member !== undefined && GROUP_FLAGS[group!] === undefined)) {
    throw new InvalidOptionError('vary', name, `${name} cannot be varied`, { advice: `Name a setting such as numTopics, or one of ${Object.keys(GROUP_FLAGS).join(', ')} such as refinement.rounds.` });
  }
}

/** All combinations; the last setting varies fastest. */
export function gridCells(varied: readonly VariedSetting[]): GridCell[] {
  return varied.reduce<GridCell[]>((cells, { name, values }) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))), [{}]);
}

/** The flags of a run, with the settings of a cell in place of their own. */
export function flagsOfCell(flags: Readonly<Record<string, unknown>>, cell: GridCell): Record<string, unknown> {
  return Object.entries(cell).reduce<Record<string, unknown>>((before, [name, value]) => {
    const [group, member] = name.split('.');
    if (member === undefined) return { ...before, [name]: value };
    const flag = GROUP_FLAGS[group!]!;
    return { ...before, [flag]: { ...(before[flag] as object | undefined), [member]: value } };
  }, { ...flags });
}

/** What the run of a cell and seed is called, safe in any file system. */
export function cellName(cell: GridCell, seed: number): string {
  return [...Object.entries(cell), ['seed', seed] as const].map(([name, value]) => `${name}-${String(value).replace(/[^\p{L}\p{N}.-]/gu, '_')}`).join('_');
}
