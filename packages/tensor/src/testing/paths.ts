import type { BackendName } from '../backend/use-backend';
import { TEST_BACKENDS } from './test-backends';

/** Whether the fused kernels may be used, for backends that have them. */
const KERNELS: Readonly<Partial<Record<BackendName, readonly boolean[]>>> = { wasm: [false, true], native: [true] };

/** Every way in which tests compute operations: a backend, and whether it may use the fused kernels. */
export const PATHS: readonly (readonly [backend: BackendName, kernels: boolean])[] = TEST_BACKENDS.flatMap((backend) =>
  (KERNELS[backend] ?? [false]).map((kernels) => [backend, kernels] as const));
