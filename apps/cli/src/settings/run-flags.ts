import { Option, type Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { promptStyleNames } from '@xtm/refiner';
import { presetNames } from '@xtm/llm';
import { collectPair, parseNumber } from './parse-value';
import type { SettingLayer } from './layered-settings';

/** Flags of phase 2, and the group and name that each stands for. */
const REFINEMENT_FLAGS: Readonly<Record<string, readonly [group: string, name: string]>> = {
  rounds: ['refinement', 'rounds'],
  refineEvery: ['refinement', 'refineEvery'],
  refineEpochs: ['refinement', 'epochs'],
  refinedWords: ['refinement', 'refinedWords'],
  wordLoss: ['refinement', 'wordLoss'],
  wordLossWeight: ['refinement', 'wordLossWeight'],
  alignment: ['refinement', 'alignment'],
  alignmentWeight: ['refinement', 'alignmentWeight'],
  alignmentTemperature: ['refinement', 'temperature'],
  distribution: ['refinement', 'distribution'],
  promptStyle: ['refinerOptions', 'style'],
  llmPreset: ['llm', 'preset'],
  llmModel: ['llm', 'model'],
  llmBaseUrl: ['llm', 'baseUrl'],
  llmKeyVariable: ['llm', 'apiKeyVariable'],
};

/** Flags that bound what a language model may cost. */
const BUDGET_FLAGS: readonly string[] = ['maxCalls', 'maxTokens', 'maxCost', 'prices'];

/** Adds the flags of phase 2, shared by the commands that run it. */
export function addRefinementFlags(command: Command): Command {
  return command
    .addOption(new Option('--refiner <name>', 'phase 2: what refines topics\' words (default: no phase 2 in "run", corpus in "refine")').choices(['none', 'corpus', 'openai']))
    .option('--embedder <name>', 'embeddings for phase 2 and for models that need them: aligned, bge-m3, openai, precomputed or none (default aligned)')
    .option('--embedder-option <name=value>', 'an option of the embedder; may be given several times', collectPair('embedderOption'))
    .option('--rounds <number>', 'rounds of self-consistency (default 5)', parseNumber('rounds'))
    .option('--refine-every <epochs>', 'epochs between two refinements (default 10)', parseNumber('refineEvery'))
    .option('--refine-epochs <number>', 'epochs of phase 2 (default 30)', parseNumber('refineEpochs'))
    .option('--refined-words <number>', 'words a language that the vote keeps (default 15)', parseNumber('refinedWords'))
    .addOption(new Option('--word-loss <name>', 'what pulls topics to their refined words (default mmd)').choices(['mmd', 'transport', 'none']))
    .option('--word-loss-weight <number>', 'weight of that loss', parseNumber('wordLossWeight'))
    .addOption(new Option('--alignment <form>', 'what aligns documents with topics (default paper)').choices(['paper', 'released', 'none']))
    .option('--alignment-weight <number>', 'weight of that loss', parseNumber('alignmentWeight'))
    .option('--alignment-temperature <number>', 'temperature of the documents\' target', parseNumber('alignmentTemperature'))
    .addOption(new Option('--distribution <form>', 'how top words are weighed and votes counted (default paper)').choices(['paper', 'released']))
    .option('--refinement-option <name=value>', 'another option of phase 2; may be given several times', collectPair('refinementOption'))
    .option('--refiner-option <name=value>', 'an option of the refiner; may be given several times', collectPair('refinerOption'))
    .addOption(new Option('--llm-preset <name>', 'a well-known service or server').choices(presetNames))
    .option('--llm-model <name>', 'language model at the endpoint')
    .option('--llm-base-url <url>', 'root of an OpenAI-compatible API')
    .option('--llm-key-variable <name>', 'environment variable that holds the key')
    .addOption(new Option('--prompt-style <name>', 'how topics are put to the language model (default batch)').choices(promptStyleNames))
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

/** The settings that flags stand for; flags that were not given say nothing. */
export function settingsOfFlags(flags: SettingLayer): SettingLayer {
  const { config: _config, json: _json, dryRun: _dryRun, modelOption, embedderOption, refinementOption, refinerOption, ...rest } = flags;
  const groups: Record<string, Record<string, unknown>> = {
    modelOptions: { ...(modelOption as object) },
    embedderOptions: { ...(embedderOption as object) },
    refinement: { ...(refinementOption as object) },
    refinerOptions: { ...(refinerOption as object) },
    llm: {},
  };
  const budget: Record<string, unknown> = {};
  const settings: Record<string, unknown> = {};
  for (const [flag, value] of Object.entries(rest)) {
    const place = REFINEMENT_FLAGS[flag];
    if (place !== undefined) groups[place[0]]![place[1]] = value;
    else if (BUDGET_FLAGS.includes(flag)) budget[flag] = value;
    else settings[flag] = value;
  }
  if (Object.keys(budget).length > 0) groups['llm']!['budget'] = budget;
  return { ...settings, ...groups };
}
