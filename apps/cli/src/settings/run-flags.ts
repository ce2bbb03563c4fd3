import { Option, type Command } from 'commander';
import { embedderNames } from '@xtm/embedder';
import { promptStyleNames } from '@xtm/refiner';
import { collectPair, parseNumber } from './parse-value';
import { addLlmFlags, isLlmFlag, llmOptionsOfFlags } from './llm-flags';
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
};

/** Adds the flags of phase 2, shared by the commands that run it. */
export function addRefinementFlags(command: Command): Command {
  return addLlmFlags(command
    .addOption(new Option('--refiner <name>', 'phase 2: what refines topics\' words (default: no phase 2 in "run", corpus in "refine")').choices(['none', 'corpus', 'openai']))
    .option('--embedder <name>', `embeddings for phase 2 and for models that need them: ${embedderNames.join(', ')} or none (default aligned)`)
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
    .option('--dry-run', 'say how many calls and tokens phase 2 would take, and do nothing')
    .addOption(new Option('--prompt-style <name>', 'how topics are put to the language model (default batch)').choices(promptStyleNames)));
}

/** The settings that flags stand for; flags that were not given say nothing. */
export function settingsOfFlags(flags: SettingLayer): SettingLayer {
  const { config: _config, json: _json, dryRun: _dryRun, modelOption, embedderOption, refinementOption, refinerOption, ...rest } = flags;
  const groups: Record<string, Record<string, unknown>> = {
    modelOptions: { ...(modelOption as object) },
    embedderOptions: { ...(embedderOption as object) },
    refinement: { ...(refinementOption as object) },
    refinerOptions: { ...(refinerOption as object) },
    llm: llmOptionsOfFlags(flags),
  };
  const settings: Record<string, unknown> = {};
  for (const [flag, value] of Object.entries(rest)) {
    const place = REFINEMENT_FLAGS[flag];
    if (place !== undefined) groups[place[0]]![place[1]] = value;
    else if (!isLlmFlag(flag)) settings[flag] = value;
  }
  return { ...settings, ...groups };
}
