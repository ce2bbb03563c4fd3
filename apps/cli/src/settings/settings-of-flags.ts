import {
  optionGroups,
  readSettingsFile,
  resolveSettings,
  settings,
  type EarlierRun,
  type ResolvedSettings,
  type SettingLayer,
} from '@xtm/pipeline';
import { note, type Terminal } from '../terminal/terminal';

/** What the flags say of settings; other flags, such as `--json`, are left out. */
export function settingsOfFlags(flags: SettingLayer): SettingLayer {
  const names = [...settings.map(({ name }) => name), ...optionGroups.map(({ flag }) => flag)];
  return Object.fromEntries(names.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
}

/** What the file that `--config` names says; nothing without one. */
export function settingsOfConfig({ config }: SettingLayer, terminal: Terminal): SettingLayer {
  if (typeof config !== 'string') return {};
  const { settings: written, notices } = readSettingsFile(config);
  for (const notice of notices) note(terminal, `warning: ${notice}`);
  return written;
}

/** The settings that flags, `--config` and the run that is gone on from come to. */
export function resolveFlags(
  flags: SettingLayer,
  terminal: Terminal,
  earlier?: EarlierRun,
): Promise<ResolvedSettings> {
  return resolveSettings({
    flags: settingsOfFlags(flags),
    file: settingsOfConfig(flags, terminal),
    earlier: earlier?.settings,
  });
}
