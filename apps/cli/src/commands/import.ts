import type { Command } from 'commander';
import { importCheckpoint } from '@xtm/pipeline';
import { formatEvaluation } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { addFlags, addGroupFlag } from '../settings/setting-flags';
import { resolveFlags } from '../settings/settings-of-flags';
import { withProgress } from '../terminal/progress-display';
import { note, print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm import nmtm.safetensors --model nmtm --dataset benchmarks/Amazon_Review --run amazon-python`;

export function registerImport(program: Command, terminal: Terminal): void {
  const command = addCommand(program, 'import', {
    description: "make a run of a checkpoint that the papers' Python code trained, saved as safetensors",
    args: [['<checkpoint>', "the model's state_dict as safetensors"]],
    flags: { json: "print the run's path and metrics as JSON" },
    more: EXAMPLE,
  });
  addFlags(command, {
    model: 'nmtm, infoctm, xtra or gloctm',
    dataset: 'dataset folder that it was trained on',
    languages: 'its languages, in the order of the training: en,zh-Hans:cn',
    dictionary: 'translation pairs, for the figures',
    topWords: undefined,
    backend: undefined,
    classifiers: undefined,
    run: undefined,
    runsFolder: undefined,
  }, ['model', 'dataset']);
  addGroupFlag(command, 'modelOption', 'an option of the model where it was not the default');
  command.action(async (checkpoint: string, flags: Record<string, unknown>) =>
    importAsRun(checkpoint, flags, terminal),
  );
}

async function importAsRun(checkpoint: string, flags: Record<string, unknown>, terminal: Terminal): Promise<void> {
  const resolved = await resolveFlags(flags, terminal);
  const onWarning = (warning: string): void => note(terminal, `warning: ${warning}`);
  const summary = await withProgress(terminal, (run) => importCheckpoint(checkpoint, resolved, { ...run, onWarning }));
  if (flags['json'] === true) printJson(terminal, summary);
  else print(terminal, `${formatEvaluation(summary.evaluation, textStyle(terminal))}\n\nRun folder: ${summary.path}`);
}
