import type { BackendName } from '../backend/use-backend';
import { TEST_BACKENDS } from './test-backends';

/** Every way in which tests compute operations: a backend, and whether it may use the fused kernels. */
export const PATHS: readonly (readonly [backend: BackendName, kernels: boolean])[] = TEST_BACKENDS.flatMap((backend) =>
  (backend === 'wasm' ? [false, true] : [false]).map((kernels) => [backend, kernels] as const));
