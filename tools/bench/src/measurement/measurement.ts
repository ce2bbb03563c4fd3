import { z } from 'zod';

const quantilesSchema = z.object({ median: z.number(), low: z.number(), high: z.number() });

/** One stage on one backend and path, as it is stored. */
export const measurementSchema = z.object({
  stage: z.string(),
  /** How the workload differs from the report's own, for example `documents ×2`; empty where it does not. */
  growth: z.string(),
  backend: z.enum(['tensorflow', 'wasm', 'cpu']),
  path: z.enum(['kernels', 'plain']),
  /** Timed steps. */
  steps: z.int(),
  /** Milliseconds a step. */
  wall: quantilesSchema,
  /** Milliseconds of processor time a step. */
  cpu: quantilesSchema,
  /** Bytes of the process that measured, data and preparation included. */
  peakMemory: z.number(),
  /** Different words over all training documents, where the stage trains on them. */
  nonzeros: z.int().optional(),
});

export type Measurement = Readonly<z.output<typeof measurementSchema>>;

/** Tells which measurements of two reports belong together. */
export function measurementKey({ stage, growth, backend, path }: Pick<Measurement, 'stage' | 'growth' | 'backend' | 'path'>): string {
  return [stage, growth, backend, path].join('|');
}
