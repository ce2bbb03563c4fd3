import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { backbones } from '@xtm/backbones';
import { InvalidOptionError } from '@xtm/contracts';
import type { Output } from '../bench';
import type { CompareOptions } from '../options';
import { formatMilliseconds } from '../tables';
import type { StageTasks } from '../worker-process';
import { type Comparison, formatComparisons, type Run } from './comparison-table';
import { timePythonSteps } from './python-steps';

/** Something that trains a backbone, and is timed doing so. */
interface Contestant {
  /** For example `published` or `wasm`. */
  readonly name: string;
  run(model: string, threads: number): Promise<Run>;
}

/**
 * Compares training steps of xtm with those of PyTorch: for each backbone and number of threads every contestant runs
 * once, one after the other and each in a process of its own, then all of them again, as often as there are pairs.
 * Prints two tables in Markdown.
 *
 * @throws InvalidOptionError, MissingFileError, MeasurementError
 */
export async function runComparison(options: CompareOptions, tasks: StageTasks, output: Output): Promise<void> {
  const sides = { formulations: options.formulations, backends: options.variants.map(({ backend }) => backend) };
  const contestants = [...pythonContestants(options), ...ownContestants(options, tasks)];
  const comparisons: Comparison[] = [];
  for (const model of modelsOf(options)) {
    for (const threads of options.threads) {
      const runs = await runInTurn(contestants, { model, threads, pairs: options.pairs }, output);
      comparisons.push({ model, threads, runs });
    }
  }
  output.print(formatComparisons(comparisons, sides));
  const machine = describeMachine(comparisons);
  output.note(`${machine.processor}, ${machine.cores} processors, ${machine.versions.join(', ')}`);
  if (options.json !== undefined) {
    const { workload, repetition } = options;
    const report = { measuredAt: new Date().toISOString(), machine, workload, repetition, comparisons };
    writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
}

interface Turns {
  readonly model: string;
  readonly threads: number;
  readonly pairs: number;
}

async function runInTurn(
  contestants: readonly Contestant[],
  { model, threads, pairs }: Turns,
  output: Output,
): Promise<Comparison['runs']> {
  const runs = new Map(contestants.map(({ name }): [string, Run[]] => [name, []]));
  for (let pair = 1; pair <= pairs; pair++) {
    for (const { name, run } of contestants) {
      const result = await run(model, threads);
      runs.get(name)!.push(result);
      const milliseconds = formatMilliseconds(result.milliseconds);
      output.note(`${model}, threads ${threads}, ${pair}/${pairs}, ${name}: ${milliseconds} ms`);
    }
  }
  return Object.fromEntries(runs);
}

function describeMachine(comparisons: readonly Comparison[]) {
  const runs = comparisons.flatMap((comparison) => Object.values(comparison.runs).flat());
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    versions: [...new Set(runs.map(({ versions }) => versions))],
  };
}

function modelsOf({ models }: CompareOptions): readonly string[] {
  const unknown = models.find((model) => !backbones.has(model));
  if (unknown !== undefined)
    throw new InvalidOptionError('models', unknown, `must be one of ${[...backbones.keys()].join(', ')}`);
  return models.length > 0 ? models : [...backbones.keys()];
}

function pythonContestants(options: CompareOptions): Contestant[] {
  const { formulations, workload, repetition, python, script } = options;
  return formulations.map((formulation) => ({
    name: formulation,
    run: async (model, threads) => {
      const steps = await timePythonSteps({ model, formulation, threads, workload, repetition, python, script });
      const { wall, cpu, peakMemory, importMemory, versions } = steps;
      return {
        milliseconds: wall.median,
        processorMilliseconds: cpu.median,
        peakMemory,
        importMemory,
        versions,
      };
    },
  }));
}

function ownContestants({ variants, workload, repetition }: CompareOptions, tasks: StageTasks): Contestant[] {
  return variants.map(({ backend, path }) => ({
    name: backend,
    run: async (stage, threads) => {
      const request = { stage, growth: '', backend, path, workload, repetition, threads };
      const { wall, cpu, peakMemory } = await tasks.measure(request);
      return {
        milliseconds: wall.median,
        processorMilliseconds: cpu.median,
        peakMemory,
        versions: `Node ${process.version}`,
      };
    },
  }));
}
