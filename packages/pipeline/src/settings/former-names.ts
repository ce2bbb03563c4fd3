import { getAt, isGroup, setAt, type SettingLayer } from './layers';
import { optionGroups, settings } from './table';

/** Settings with every former name replaced by the present one. */
export interface RenamedSettings {
  readonly settings: SettingLayer;
  /** One line per name that was replaced. */
  readonly notices: readonly string[];
}

/** Groups whose members became settings of their own; what is left of `llm` are further options of the endpoint. */
const FORMER_GROUPS = ['refinement', 'refinerOptions', 'llm'];

/**
 * Reads the names of run records and of earlier settings files: `refinement.epochs` is `refineEpochs`, and
 * `modelOptions`, which meant whichever model was chosen, is `modelOption`, which `resolveSettings` puts there.
 */
export function presentNames(written: SettingLayer): RenamedSettings {
  const replaced: string[] = [];
  let present = written;
  const replace = (from: readonly string[], to: string): void => {
    const value = getAt(present, from);
    if (value === undefined) return;
    present = setAt(setAt(present, from, undefined), [to], value);
    replaced.push(`${from.join('.')} is now called ${to}`);
  };
  for (const { name, recorded } of settings) if (recorded !== name) replace(recorded.split('.'), name);
  for (const { name, flag, recorded } of optionGroups) if (recorded !== name) replace([recorded], flag);
  return { settings: withoutEmptyGroups(present), notices: replaced };
}

/** Whether a setting's former name is meant: `refinement.rounds` in a sweep. The present one, if so. */
export function presentName(path: string): string {
  const setting = settings.find(({ recorded }) => recorded === path);
  if (setting !== undefined) return setting.name;
  const [group, ...rest] = path.split('.');
  const known = optionGroups.find(({ recorded }) => recorded === group);
  return known === undefined ? path : [known.name === 'llm' ? 'llm' : known.flag, ...rest].join('.');
}

function withoutEmptyGroups(values: SettingLayer): SettingLayer {
  const kept = Object.entries(values).filter(([name, value]) => !FORMER_GROUPS.includes(name) || !isEmpty(value));
  return Object.fromEntries(kept);
}

function isEmpty(value: unknown): boolean {
  return isGroup(value) && Object.values(value).every((member) => isEmpty(member) || member === undefined);
}
