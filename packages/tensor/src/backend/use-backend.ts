import { availableParallelism } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { BackendError, BackendMissingError, InvalidOptionError } from '@xtm/contracts';
import { allowKernels, allowThreads } from '../kernels/kernel';
import { registerKernels } from '../kernels/register-kernels';
import { startNative } from './native-backend';
import { firstLine, type StartedBackend, startTensorflow } from './tensorflow-binding';

/** All backends, by the names that settings and commands take. */
export const BACKENDS = ['tensorflow', 'native', 'wasm', 'cpu'] as const;

export type BackendName = (typeof BACKENDS)[number];

/** `auto` takes the fastest that works here. */
export type BackendRequest = 'auto' | BackendName;

/**
 * `kernels`: xtm's fused kernels run the hot operations; `plain`: all of them are made of TensorFlow.js operations.
 */
export type ComputePath = 'kernels' | 'plain';

/** A backend that was tried and could not be used. */
export interface BackendAttempt {
  readonly backend: BackendName;
  readonly problem: string;
  /** What would make it work. */
  readonly advice: string | undefined;
}

/** What computes, and why. */
export interface BackendReport {
  readonly backend: BackendName;
  readonly path: ComputePath;
  readonly device: 'cpu' | 'gpu';
  /** One sentence for people. */
  readonly reason: string;
  /** What was tried before, in order. */
  readonly tried: readonly BackendAttempt[];
}

/** Fastest first, as `docs/backends.md` measures them. */
const ORDER: readonly BackendCandidate[] = [
  { backend: 'tensorflow', gpuOnly: true },
  { backend: 'native' },
  { backend: 'wasm' },
  { backend: 'tensorflow' },
  { backend: 'cpu' },
];

const ADVICE: Readonly<Record<BackendName, string>> = {
  tensorflow: 'Run npm run setup:tensorflow, or leave the choice to auto.',
  native: 'Run npm run setup:native in a clone of xtm, or leave the choice to auto.',
  wasm: 'Reinstall @tensorflow/tfjs-backend-wasm, or leave the choice to auto.',
  cpu: 'Reinstall @tensorflow/tfjs-backend-cpu.',
};

export interface BackendOptions {
  /** Whether the native and wasm backends may use xtm's fused kernels. Default true. */
  readonly kernels?: boolean;
  /**
   * Threads that share the work of those kernels that gain by it; the wasm backend uses at most 8. Results do not
   * depend on their number. Default: the processors that this process may use.
   */
  readonly threads?: number;
  /**
   * Told why when kernels, or a binding that is set up, cannot be used. Default: a Node.js process warning.
   */
  readonly onWarning?: (message: string) => void;
}

/**
 * Chooses what computes, for the whole process, unless one is asked for by name in this order: tensorflow (its binding
 * for Node.js) where it has a GPU, native (kernels compiled for the processor), wasm, tensorflow on the CPU, cpu.
 *
 * @throws InvalidOptionError for a number of threads that is none
 * @throws BackendError if the backend asked for by name, or every backend, cannot be used here; its subclass says why.
 */
export async function useBackend(
  request: BackendRequest = 'auto',
  options: BackendOptions = {},
): Promise<BackendReport> {
  const { kernels = true, threads = availableParallelism() } = options;
  if (!Number.isInteger(threads) || threads < 1)
    throw new InvalidOptionError('threads', threads, 'must be a whole number from 1 on');
  allowKernels(kernels);
  allowThreads(threads);
  const tried: BackendAttempt[] = [];
  for (const candidate of request === 'auto' ? ORDER : [{ backend: request }]) {
    const { backend } = candidate;
    try {
      const { device, detail } = await startBackend(candidate);
      const reason = [reasonFor(request, tried), detail].filter((part) => part !== undefined).join('; ');
      return { backend, path: choosePath(backend, options), device, reason, tried };
    } catch (cause) {
      const error =
        cause instanceof BackendError
          ? cause
          : new BackendError(backend, firstLine(cause), { advice: ADVICE[backend], cause });
      if (request !== 'auto') throw error;
      tried.push(passOver(error, options));
    }
  }
  throw new BackendError('auto', tried.map(({ backend, problem }) => `${backend}: ${problem}`).join('; '), {
    advice: ADVICE.wasm,
  });
}

/** Nobody need hear of a binding that was never set up; of one that does not work they should. */
function passOver(error: BackendError, { onWarning = warnProcess }: BackendOptions): BackendAttempt {
  if (!(error instanceof BackendMissingError)) onWarning(`${error.message}. ${error.advice}`);
  return { backend: error.backend as BackendName, problem: error.problem, advice: error.advice };
}

function choosePath(
  backend: BackendName,
  { kernels = true, onWarning = warnProcess }: BackendOptions,
): ComputePath {
  if (!kernels) return 'plain';
  // The native backend has registered its kernels, without which it would not have started.
  if (backend !== 'wasm') return backend === 'native' ? 'kernels' : 'plain';
  try {
    registerKernels(backend);
    return 'kernels';
  } catch (error) {
    onWarning(`fused kernels are not used, which makes training several times slower: ${firstLine(error)}`);
    return 'plain';
  }
}

function warnProcess(message: string): void {
  process.emitWarning(message, 'XtmWarning');
}

function reasonFor(request: BackendRequest, tried: readonly BackendAttempt[]): string {
  if (request !== 'auto') return 'it was asked for';
  if (tried.length === 0) return 'it is the fastest and works here';
  return tried.map(({ backend, problem }) => `${backend} is not used: ${problem}`).join(', ');
}

/** A backend, and whether it is wanted only if it computes on a GPU. */
interface BackendCandidate {
  readonly backend: BackendName;
  readonly gpuOnly?: boolean;
}

/**
 * Makes TensorFlow.js compute with the backend. Rejects with the backend's own error if it cannot.
 */
async function startBackend({ backend, gpuOnly = false }: BackendCandidate): Promise<StartedBackend> {
  // Without this flag the cpu backend prints a banner, and importing a backend twice prints warnings.
  tf.env().set('PROD', true);
  // Gradients and the cpu backend register themselves; loading them takes longer than commands that need neither.
  await import('@tensorflow/tfjs-core/dist/register_all_gradients');
  await import('@tensorflow/tfjs-backend-cpu');
  switch (backend) {
    case 'tensorflow':
      return startTensorflow(gpuOnly);
    case 'native':
      return { device: 'cpu', detail: await startNative(() => startPlain('wasm')) };
    default:
      await startPlain(backend);
      return { device: 'cpu' };
  }
}

/** A backend of TensorFlow.js itself. */
async function startPlain(backend: 'wasm' | 'cpu'): Promise<void> {
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  completeBackend(backend);
  if (!(await tf.setBackend(backend))) throw new Error('it did not start');
  await tf.ready();
}

/**
 * Registers kernels that a backend of TensorFlow.js 4.22 lacks or has in a slow form:
 * - the segment sum, which gradients of `gather` need: wasm lacks it, and cpu's goes through all values once a
 *   segment;
 * - on wasm an identity that shares elements as cpu's does. Wasm's own copies them, and every operation on the
 *   gradient tape takes the identity of what it saves.
 */
function completeBackend(name: 'wasm' | 'cpu'): void {
  tf.registerKernel({
    kernelName: tf.UnsortedSegmentSum,
    backendName: name,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { numSegments } = attrs as { numSegments: number };
      return sumSegments(backend as tf.KernelBackend, x, segmentIds, numSegments);
    },
  });
  if (name === 'cpu') return;
  tf.registerKernel({
    kernelName: tf.Identity,
    backendName: name,
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs['x'] as tf.TensorInfo;
      (backend as tf.KernelBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}

function sumSegments(
  backend: tf.KernelBackend,
  x: tf.TensorInfo,
  segmentIds: tf.TensorInfo,
  numSegments: number,
): tf.TensorInfo {
  const rest = x.shape.slice(segmentIds.shape.length);
  const width = tf.util.sizeFromShape(rest);
  const values = backend.readSync(x.dataId) as Float32Array;
  const segments = backend.readSync(segmentIds.dataId) as Int32Array;
  const sums = tf.util.getArrayFromDType(x.dtype as 'float32' | 'int32', numSegments * width) as Float32Array;
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    for (let column = 0; column < width; column++) sums[segment * width + column]! += values[row * width + column]!;
  }
  const shape = [numSegments, ...rest];
  return { dataId: backend.write(sums, shape, x.dtype), shape, dtype: x.dtype };
}
