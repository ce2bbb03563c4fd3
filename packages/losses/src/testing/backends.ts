import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

const chosen = process.env['XTM_TEST_BACKEND'];

/** Backends that tests run on: the one named by `XTM_TEST_BACKEND`, else those that are there everywhere. */
const TEST_BACKENDS: readonly string[] = chosen === undefined ? ['cpu', 'wasm'] : [chosen];

/** Typed as any string, so that the type check does not need it. */
const NATIVE_PACKAGE: string = '@tensorflow/tfjs-node';

/** Runs the same tests on every backend that a loss must work on. */
export function describeOnBackends(title: string, tests: () => void): void {
  describe.each(TEST_BACKENDS)(`${title} on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    tests();
  });
}

export async function useBackend(backend: string): Promise<void> {
  if (backend === 'tensorflow') await importNative();
  await tf.setBackend(backend);
  // The cpu backend's first tensor prints an advertisement for the native one, except in this mode.
  tf.env().set('IS_TEST', true);
  tf.scalar(0).dispose();
  tf.env().set('IS_TEST', false);
}

/** Node 23 removed a function that the native binding calls. */
async function importNative(): Promise<void> {
  if (!('isNullOrUndefined' in util)) Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  await import(NATIVE_PACKAGE);
}
