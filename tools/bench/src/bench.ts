import type { Measurement } from './measurement/measurement';
import type { Measure, MeasurementRequest } from './measurement/measurement-request';
import type { BenchOptions } from './options';
import { planMeasurements } from './plan';
import { formatMilliseconds } from './report/figures';
import { createReport, differencesOf, readReport, writeReport } from './report/report';
import { formatResults } from './report/results-table';
import { formatScaling } from './report/scaling-table';

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
export async function runBenchmark(options: BenchOptions, measure: Measure, output: Output): Promise<void> {
  const other = options.against === undefined ? undefined : readReport(options.against);
  const report = createReport(options.workload, await measureAll(planMeasurements(options), measure, output));
  if (options.json !== undefined) writeReport(options.json, report);
  const format = options.scaling ? formatScaling : formatResults;
  output.print(format(report.results, other?.results ?? []));
  if (other !== undefined) differencesOf(report, other).forEach((difference) => output.note(`Compare ${options.against} with care: ${difference}.`));
}

async function measureAll(requests: readonly MeasurementRequest[], measure: Measure, output: Output): Promise<Measurement[]> {
  const results: Measurement[] = [];
  for (const request of requests) {
    const measurement = await measure(request);
    results.push(measurement);
    output.note(`[${results.length}/${requests.length}] ${describe(measurement)}`);
  }
  return results;
}

function describe({ stage, growth, backend, path, wall, cpu }: Measurement): string {
  const name = [stage, growth, backend, path].filter((part) => part !== '').join(' ');
  return `${name}: ${formatMilliseconds(wall.median)} ms, CPU ${formatMilliseconds(cpu.median)} ms`;
}
