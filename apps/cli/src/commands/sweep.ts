import type { Command } from 'commander';
import { isFinishedRun, planSweep, readEarlierRun, runSweep, type SweepPlan, type VariedSetting } from '@xtm/pipeline';
import { writeSweep } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText, parseNumber, parseScalar, splitAssignment, splitList } from '../settings/parse-value';
import { FORMAT_FLAGS, printResult } from '../terminal/print-result';
import { withProgress } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import { trainingOptions } from '../terminal/training-options';

const EXAMPLE = `
Settings go by their names in files, options by theirs: models.nmtm.dropout. All combinations are checked before the
first is trained. The same command goes on where it stopped; results are in the sweep's folder as sweep.json, sweep.csv
and sweep.html.

Examples:
  xtm sweep --dataset data/reviews --vary numTopics=20,50,100 --seeds 1,2,3 --sweep topics
  xtm sweep --dataset data/reviews --vary model=nmtm,xtra --vary models.nmtm.dictionaryShare=0.6,0.8 --sweep models
  xtm sweep --from runs/amazon --vary rounds=1,3,5 --vary refineEvery=5,10 --sweep figure3`;

export function registerSweep(program: Command, terminal: Terminal): void {
  addCommand(program, 'sweep', {
    description: 'runs over a grid of settings and seeds: a table of means and deviations, and a page of plots',
    required: {
      'vary <name=values>': [
        'a setting and its values: numTopics=20,50; may be given several times',
        (text: string, before: readonly VariedSetting[] = []) => [...before, parseVaried(text)],
      ],
    },
    flags: {
      'seeds <list>': [
        'seeds of every combination: 1,2,3 (default: the seed of the settings)',
        (text: string) => splitList(text).map(parseNumber('seeds')),
      ],
      'from <run>': [
        'go on from a finished phase 1, so that only phase 2 is run; may be given several times, once per seed',
        collectText,
      ],
      'sweep <name>': 'name of the sweep: its folder is in the runs folder (default sweep)',
      'figures <list>': [
        'figures to show, by the start of their names: npmi,topicUniqueness (default: the main ones)',
        splitList,
      ],
      'sort <figure>':
        'put the rows in the order of a figure, the best first: documentCompletion, topicShares/effective (default: ' +
        'the order of the grid)',
      'config <file>': 'settings in YAML or JSON, named like these flags in camelCase; flags win',
      'dry-run': 'list the runs and whether they are finished, and do nothing',
    },
    settings: {
      sections: ['data', 'model', 'training', 'run', 'embedder', 'phase 2', 'language model'],
      except: ['run'],
    },
    ending: FORMAT_FLAGS,
    more: EXAMPLE,
  }).action(async (given) => {
    const { vary: varied, seeds, from = [], sweep: name = 'sweep', config: file, dryRun, ...others } = given;
    const { figures, sort, json, csv, latex, ...flags } = others;
    const plan = await planSweep({ name, varied, seeds, earlier: from.map(readEarlierRun), flags, file });
    for (const notice of plan.notices) note(terminal, `warning: ${notice}`);
    if (dryRun) return print(terminal, formatPlan(plan));
    const { results, failures } = await withProgress(terminal, (run) =>
      runSweep(plan, {
        ...trainingOptions(terminal, run),
        onRun: (one, index) => note(terminal, `${index + 1} of ${plan.runs.length}: ${one.name}`),
        onFailure: (_run, { message }) => note(terminal, `failed: ${message}`),
      }),
    );
    const { printable, page } = await writeSweep(plan.folder, results, { figures, sort });
    printResult(printable, { json, csv, latex }, terminal);
    note(terminal, `Plots: ${page}`);
    if (failures.length > 0) throw failures[0]!.error;
  });
}

function parseVaried(text: string): VariedSetting {
  const [name, list] = splitAssignment('vary', text);
  return { name, values: list.trim() === '' ? [] : splitList(list).map(parseScalar) };
}

function formatPlan({ runs }: SweepPlan): string {
  return runs.map(({ path }) => `${isFinishedRun(path) ? 'finished' : 'missing '}  ${path}`).join('\n');
}
