import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import type { BackendName } from './backend-report';
import { completeBackend } from './complete-backend';

// Typed as any string, so that neither tsc nor the bundler needs the optional packages.
const TENSORFLOW_PACKAGES: readonly string[] = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/** Makes TensorFlow.js compute with the backend. Rejects with the backend's own error if it cannot. */
export async function startBackend(backend: BackendName): Promise<void> {
  // Without this flag the cpu backend prints a banner, and importing a backend twice prints warnings.
  tf.env().set('PROD', true);
  if (backend === 'tensorflow') await importTensorflow();
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  completeBackend(backend);
  if (!(await tf.setBackend(backend))) throw new Error('it did not start');
  await tf.ready();
}

async function importTensorflow(): Promise<void> {
  restoreIsNullOrUndefined();
  const problems: string[] = [];
  for (const name of TENSORFLOW_PACKAGES) {
    try {
      await import(name);
      return;
    } catch (error) {
      problems.push(`${name}: ${firstLine(error)}`);
    }
  }
  throw new Error(problems.join('; '));
}

/** Node 23 removed a function that TensorFlow's Node.js binding calls. */
function restoreIsNullOrUndefined(): void {
  if ('isNullOrUndefined' in util) return;
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}

/** The first line of an error's message: native packages append stacks and advice for other set-ups. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]!.trim();
}
