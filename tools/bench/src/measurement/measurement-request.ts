import type { BackendName, ComputePath } from '@xtm/tensor';
import type { Workload } from '../workload/workload';
import type { Measurement } from './measurement';
import type { Repetition } from './step-clock';

/** What one process measures. Plain data, since it is sent there. */
export interface MeasurementRequest {
  readonly stage: string;
  readonly growth: string;
  readonly backend: BackendName;
  readonly path: ComputePath;
  readonly workload: Workload;
  readonly repetition: Repetition;
  /** Threads that share the kernels' work; one a processor if undefined. */
  readonly threads?: number | undefined;
}

export type Measure = (request: MeasurementRequest) => Promise<Measurement>;
