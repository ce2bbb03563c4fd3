import type { Measurement, MeasurementRequest } from './measurement';
import type { BenchOptions } from './options';
import {
  createReport,
  differencesOf,
  formatResults,
  formatScaling,
  readReport,
  writeReport,
} from './report';
import { selectStages } from './stages/registry';
import { formatMilliseconds } from './tables';
import type { StageTasks } from './worker-process';
import type { Workload } from './workload';

/** Where the benchmark writes: results to `print`, everything about the work itself to `note`. */
export interface Output {
  print(text: string): void;
  note(text: string): void;
}

/**
 * Measures what the options ask for, one after the other, prints the table and writes the report.
 *
 * @throws InvalidOptionError, MissingFileError, DataFormatError, MeasurementError
 */
export async function runBenchmark(options: BenchOptions, tasks: StageTasks, output: Output): Promise<void> {
  const other = options.against === undefined ? undefined : readReport(options.against);
  const report = createReport(options.workload, await measureAll(planMeasurements(options), tasks, output));
  if (options.json !== undefined) writeReport(options.json, report);
  const format = options.scaling ? formatScaling : formatResults;
  output.print(format(report.results, other?.results ?? []));
  if (other !== undefined)
    differencesOf(report, other).forEach((difference) =>
      output.note(`Compare ${options.against} with care: ${difference}.`),
    );
}

async function measureAll(
  requests: readonly MeasurementRequest[],
  tasks: StageTasks,
  output: Output,
): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const request of requests) {
    const measurement = await tasks.measure(request);
    results.push(measurement);
    output.note(`[${results.length}/${requests.length}] ${describe(measurement)}`);
  }
  return results;
}

function describe({ stage, growth, backend, path, wall, cpu }: Measurement): string {
  const name = [stage, growth, backend, path].filter((part) => part !== '').join(' ');
  return `${name}: ${formatMilliseconds(wall.median)} ms, CPU ${formatMilliseconds(cpu.median)} ms`;
}

/** Everything to be measured, one process each. Throws `InvalidOptionError` where nothing is selected. */
function planMeasurements({
  filters,
  variants,
  workload,
  repetition,
  threads,
  scaling,
}: BenchOptions): MeasurementRequest[] {
  const works = scaling
    ? growths(workload).map((growth) => ({ stage: SCALING_STAGE, growth: growth.name, workload: growth.workload }))
    : selectStages(filters).map(({ name }) => ({ stage: name, growth: '', workload }));
  return works.flatMap((work) => variants.map((variant) => ({ ...work, ...variant, repetition, threads })));
}

/** One way in which the work grows. */
interface Growth {
  /** For example `documents ×2`. */
  readonly name: string;
  readonly workload: Workload;
}

type Grown = 'documents' | 'vocabulary' | 'topics';

const FACTORS: Readonly<Record<Grown, readonly number[]>> = {
  documents: [2, 4, 8],
  vocabulary: [2, 4],
  topics: [2, 4],
};

/** The model whose cost is followed. */
const SCALING_STAGE = 'nmtm';

/** The workload itself, then with more documents, words or topics, one of them at a time. */
function growths(workload: Workload): Growth[] {
  const grown = (Object.keys(FACTORS) as Grown[]).flatMap((size) =>
    FACTORS[size].map((factor) => ({ name: `${size} ×${factor}`, workload: grow(workload, size, factor) })),
  );
  return [{ name: '', workload }, ...grown];
}

/** A larger vocabulary has more translations too. */
function grow(workload: Workload, size: Grown, factor: number): Workload {
  const dictionaryPairs = workload.dictionaryPairs * (size === 'vocabulary' ? factor : 1);
  return { ...workload, dictionaryPairs, [size]: workload[size] * factor };
}
