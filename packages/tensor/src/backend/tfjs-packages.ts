import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-report';
import { completeBackend } from './complete-backend';
import { startTensorflow } from './tensorflow-binding';

/** A backend, and whether it is wanted only if it computes on a GPU. */
export interface BackendCandidate {
  readonly backend: BackendName;
  readonly gpuOnly?: boolean;
}

/** What is worth telling of a backend that started. */
export interface StartedBackend {
  readonly device: 'cpu' | 'gpu';
  readonly detail?: string;
}

/**
 * Makes TensorFlow.js compute with the backend. Rejects with the backend's own error if it cannot.
 */
export async function startBackend({ backend, gpuOnly = false }: BackendCandidate): Promise<StartedBackend> {
  // Without this flag the cpu backend prints a banner, and importing a backend twice prints warnings.
  tf.env().set('PROD', true);
  // Gradients and the cpu backend register themselves; loading them takes longer than commands that need neither.
  await import('@tensorflow/tfjs');
  const facts = backend === 'tensorflow' ? await startTensorflow(gpuOnly) : undefined;
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  completeBackend(backend);
  if (!(await tf.setBackend(backend))) throw new Error('it did not start');
  await tf.ready();
  if (facts === undefined) return { device: 'cpu' };
  const device = facts.gpu ? 'gpu' : 'cpu';
  return { device, detail: `TensorFlow ${facts.version} on the ${device.toUpperCase()}` };
}
