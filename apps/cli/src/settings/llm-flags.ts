import { Option, type Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { presetNames } from '@xtm/llm';
import type { SettingLayer } from './layered-settings';
import { parseNumber } from './parse-value';

/** Flags that say where a language model is, and the options of `@xtm/llm` that they stand for. */
const ENDPOINT_FLAGS: Readonly<Record<string, string>> = { llmPreset: 'preset', llmModel: 'model', llmBaseUrl: 'baseUrl', llmKeyVariable: 'apiKeyVariable', llmKeyFile: 'apiKeyFile' };

/** Flags that bound what it may cost. */
const BUDGET_FLAGS: readonly string[] = ['maxCalls', 'maxTokens', 'maxCost', 'prices'];

/** Adds the flags of a language model, shared by the commands that ask one. */
export function addLlmFlags(command: Command): Command {
  return command
    .addOption(new Option('--llm-preset <name>', 'a well-known service or server').choices(presetNames))
    .option('--llm-model <name>', 'language model at the endpoint')
    .option('--llm-base-url <url>', 'root of an OpenAI-compatible API')
    .option('--llm-key-variable <name>', 'environment variable that holds the key')
    .option('--llm-key-file <file>', 'file that holds the key and nothing else')
    .option('--max-calls <number>', 'calls of the language model at most', parseNumber('maxCalls'))
    .option('--max-tokens <number>', 'tokens to spend at most', parseNumber('maxTokens'))
    .option('--max-cost <number>', 'cost at most, with --prices given', parseNumber('maxCost'))
    .option('--prices <input,output>', 'prices for a million tokens sent and received', parsePrices);
}

function parsePrices(text: string): { input: number; output: number } {
  const [input, output, ...rest] = text.split(',').map(parseNumber('prices'));
  if (input === undefined || output === undefined || rest.length > 0) throw new InvalidOptionError('prices', text, `"${text}" is not of the form input,output`);
  return { input, output };
}

export function isLlmFlag(flag: string): boolean {
  return flag in ENDPOINT_FLAGS || BUDGET_FLAGS.includes(flag);
}

/** Options of the language model that the flags stand for; empty without any. */
export function llmOptionsOfFlags(flags: SettingLayer): Record<string, unknown> {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const endpoint = given.flatMap(([flag, value]) => (flag in ENDPOINT_FLAGS ? [[ENDPOINT_FLAGS[flag]!, value] as const] : []));
  const budget = given.filter(([flag]) => BUDGET_FLAGS.includes(flag));
  return { ...Object.fromEntries(endpoint), ...(budget.length > 0 && { budget: Object.fromEntries(budget) }) };
}
