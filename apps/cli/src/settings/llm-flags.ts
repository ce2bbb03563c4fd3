import type { Command } from 'commander';
import { endpointOptions, findSetting, type SettingLayer } from '@xtm/pipeline';
import { addSettingFlags } from './setting-flags';

/** Adds the flags of a language model, shared by the commands that ask one. */
export function addLlmFlags(command: Command): Command {
  return addSettingFlags(command, ['language model']);
}

export function isLlmFlag(flag: string): boolean {
  return flag === 'llmOption' || findSetting(flag)?.section === 'language model';
}

/** Options of the language model that the flags stand for; empty without any. */
export function llmOptionsOfFlags(flags: SettingLayer): Readonly<Record<string, unknown>> {
  return endpointOptions(flags);
}
