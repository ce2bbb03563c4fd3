import type { MeasurementRequest } from './measurement/measurement-request';
import type { BenchOptions } from './options';
import { growths, SCALING_STAGE } from './scaling';
import { selectStages } from './stages/registry';

/** Everything to be measured, one process each. Throws `InvalidOptionError` where nothing is selected. */
export function planMeasurements({ filters, variants, workload, repetition, threads, scaling }: BenchOptions): MeasurementRequest[] {
  const works = scaling
    ? growths(workload).map((growth) => ({ stage: SCALING_STAGE, growth: growth.name, workload: growth.workload }))
    : selectStages(filters).map(({ name }) => ({ stage: name, growth: '', workload }));
  return works.flatMap((work) => variants.map((variant) => ({ ...work, ...variant, repetition, threads })));
}
