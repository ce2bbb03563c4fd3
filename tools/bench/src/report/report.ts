import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { z } from 'zod';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { measurementSchema, type Measurement } from '../measurement/measurement';
import { workloadSchema, type Workload } from '../workload/workload';

const machineSchema = z.object({ processor: z.string(), cores: z.int(), memory: z.number(), node: z.string() });

const reportSchema = z.object({
  version: z.literal(1),
  measuredAt: z.string(),
  machine: machineSchema,
  workload: workloadSchema,
  results: z.array(measurementSchema),
});

/** What `--json` writes and `--against` reads. */
export type Report = Readonly<z.output<typeof reportSchema>>;

/** The measurements with the machine and the workload they were made with. */
export function createReport(workload: Workload, results: readonly Measurement[]): Report {
  const processors = cpus();
  const machine = { processor: processors[0]?.model ?? 'unknown', cores: processors.length, memory: totalmem(), node: process.version };
  return { version: 1, measuredAt: new Date().toISOString(), machine, workload, results: [...results] };
}

export function writeReport(file: string, report: Report): void {
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** @throws MissingFileError, DataFormatError */
export function readReport(file: string): Report {
  if (!existsSync(file)) throw new MissingFileError(file, 'the comparison', { advice: 'Write one with --json FILE in the other checkout.' });
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new DataFormatError('not a report of this benchmark', { file }, { cause, advice: 'Write one with --json FILE in the other checkout.' });
  }
}

/** Why the figures of two reports should not be compared, if there is a reason. */
export function differencesOf(report: Report, other: Report): string[] {
  const differs = (key: 'machine' | 'workload'): boolean => JSON.stringify(report[key]) !== JSON.stringify(other[key]);
  return [
    ...(differs('machine') ? [`it was measured on another machine: ${other.machine.processor}, ${other.machine.cores} cores, Node ${other.machine.node}`] : []),
    ...(differs('workload') ? [`it was measured with another workload: ${JSON.stringify(other.workload)}`] : []),
  ];
}
