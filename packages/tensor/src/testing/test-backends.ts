import type { BackendName } from '../backend/use-backend';

const chosen = process.env['XTM_TEST_BACKEND'] as BackendName | undefined;

/**
 * Backends that tests run on: the one named by `XTM_TEST_BACKEND`, else those that are there everywhere, fastest
 * first.
 */
export const TEST_BACKENDS: readonly BackendName[] = chosen === undefined ? ['wasm', 'cpu'] : [chosen];

/** The backend of tests that need only one. */
export const TEST_BACKEND = TEST_BACKENDS[0]!;
