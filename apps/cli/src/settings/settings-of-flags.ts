import {
  optionGroups,
  presentNames,
  readSettingsFile,
  resolveSettings,
  settings,
  type EarlierRun,
  type ResolvedSettings,
  type SettingLayer,
  type SettingsFile,
} from '@xtm/pipeline';
import { note, type Terminal } from '../terminal/terminal';

/** What the flags say of settings; other flags, such as `--json`, are left out. */
export function settingsOfFlags(flags: SettingLayer): SettingLayer {
  const names = [...settings.map(({ name }) => name), ...optionGroups.map(({ flag }) => flag)];
  const own = names.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]] as const]));
  return { ...presentNames({ refinement: flags['refinementOption'] }).settings, ...Object.fromEntries(own) };
}

/** What the file that `--config` names says; nothing without one. */
export function settingsOfConfig({ config }: SettingLayer): Pick<SettingsFile, 'settings' | 'notices'> {
  return typeof config === 'string' ? readSettingsFile(config) : { settings: {}, notices: [] };
}

/** The settings that flags, `--config` and the run that is gone on from come to. */
export async function resolveFlags(
  flags: SettingLayer,
  terminal: Terminal,
  earlier?: EarlierRun,
): Promise<ResolvedSettings> {
  const { settings: file, notices } = settingsOfConfig(flags);
  const resolved = await resolveSettings({ flags: settingsOfFlags(flags), file, earlier: earlier?.settings });
  for (const notice of notices) note(terminal, `warning: ${notice}`);
  return resolved;
}
