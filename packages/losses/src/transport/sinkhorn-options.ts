import { requirePositive } from '../internal/requirements';
import { withDefaults } from '../internal/with-defaults';

export interface SinkhornOptions {
  /** Weight epsilon of the entropy, in units of cost; smaller is sharper and slower. Default 0.1. */
  readonly regularisation?: number;
  /** Default 10,000. */
  readonly maxIterations?: number;
  /** Iterations end when the row sums differ from the weights by this in total. Default 1e-9. */
  readonly tolerance?: number;
}

const DEFAULTS: Required<SinkhornOptions> = { regularisation: 0.1, maxIterations: 10_000, tolerance: 1e-9 };

/** @throws LossInputError unless every option is positive */
export function resolveSinkhornOptions(loss: string, options: SinkhornOptions): Required<SinkhornOptions> {
  const resolved = withDefaults(loss, options, DEFAULTS);
  Object.entries(resolved).forEach(([name, value]) => requirePositive(loss, name, value));
  return resolved;
}
