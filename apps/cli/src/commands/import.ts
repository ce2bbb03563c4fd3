import type { Command } from 'commander';
import { importCheckpoint, resolveSettings } from '@xtm/pipeline';
import { formatEvaluation } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { withProgress } from '../terminal/progress-display';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm import nmtm.safetensors --model nmtm --dataset benchmarks/Amazon_Review --run amazon-python`;

const SETTINGS = {
  model: 'nmtm, infoctm, xtra or gloctm',
  dataset: 'dataset folder that it was trained on',
  languages: 'its languages, in the order of the training: en,zh-Hans:cn',
  dictionary: 'translation pairs, for the figures',
  topWords: undefined,
  backend: undefined,
  classifiers: undefined,
  run: undefined,
  runsFolder: undefined,
  modelOption: 'an option of the model where it was not the default',
};

export function registerImport(program: Command, terminal: Terminal): void {
  addCommand(program, 'import', {
    description: "make a run of a checkpoint that the papers' Python code trained, saved as safetensors",
    args: [['<checkpoint>', "the model's state_dict as safetensors"]],
    flags: { json: "print the run's path and metrics as JSON" },
    settings: { names: SETTINGS, required: ['model', 'dataset'] },
    more: EXAMPLE,
  }).action(async ({ json, ...flags }, checkpoint) => {
    const resolved = await resolveSettings({ flags });
    const summary = await withProgress(terminal, (run) => importCheckpoint(checkpoint, resolved, run));
    if (json) printJson(terminal, summary);
    else print(terminal, `${formatEvaluation(summary.evaluation, textStyle(terminal))}\n\nRun folder: ${summary.path}`);
  });
}
