import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-report';
import { completeBackend } from './complete-backend';
import { startTensorflow } from './tensorflow-binding';

/** A backend, and whether it is wanted only if it computes on a GPU. */
export interface BackendCandidate {
  readonly backend: BackendName;
  readonly gpuOnly?: boolean;
}

/**
 * Makes TensorFlow.js compute with the backend. Rejects with the backend's own error if it cannot.
 *
 * @returns what is worth telling about it
 */
export async function startBackend({ backend, gpuOnly = false }: BackendCandidate): Promise<string | undefined> {
  // Without this flag the cpu backend prints a banner, and importing a backend twice prints warnings.
  tf.env().set('PROD', true);
  // Gradients and the cpu backend register themselves; loading them takes longer than commands that need neither.
  await import('@tensorflow/tfjs');
  const facts = backend === 'tensorflow' ? await startTensorflow(gpuOnly) : undefined;
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  completeBackend(backend);
  if (!(await tf.setBackend(backend))) throw new Error('it did not start');
  await tf.ready();
  return facts && `TensorFlow ${facts.version} on the ${facts.gpu ? 'GPU' : 'CPU'}`;
}
