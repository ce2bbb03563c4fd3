import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

/** Runs the same tests on every backend that a loss must work on. */
export function describeOnBackends(title: string, tests: () => void): void {
  describe.each(['cpu', 'wasm'])(`${title} on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    tests();
  });
}

export async function useBackend(backend: string): Promise<void> {
  await tf.setBackend(backend);
  // The cpu backend's first tensor prints an advertisement for the native one, except in this mode.
  tf.env().set('IS_TEST', true);
  tf.scalar(0).dispose();
  tf.env().set('IS_TEST', false);
}
