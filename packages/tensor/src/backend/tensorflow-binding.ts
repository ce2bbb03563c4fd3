import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import {
  BackendError,
  BackendLibraryError,
  BackendMemoryError,
  BackendMissingError,
  CudaError,
  NoGpuError,
} from '@xtm/contracts';
import { describeNvidia, inspectNvidia, type NvidiaSystem } from './nvidia-system';

const GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';
const CPU_PACKAGE = '@tensorflow/tfjs-node';

/** What is worth telling of a backend that started. */
export interface StartedBackend {
  readonly device: 'cpu' | 'gpu';
  readonly detail?: string;
}

/** The insides of tfjs-node's backend that are used here. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  binding: NativeBinding;
}

type NativeCall = (...args: readonly unknown[]) => unknown;

interface NativeBinding {
  readonly TF_Version: string;
  readonly executeOp: NativeCall;
  readonly createTensor: NativeCall;
}

/**
 * Loads TensorFlow's native binding, the one for GPUs first, and makes it TensorFlow.js' backend.
 *
 * @param gpuOnly leave the binding for the CPU alone
 * @throws BackendError, of the subclass that says what is missing
 */
export async function startTensorflow(gpuOnly: boolean): Promise<StartedBackend> {
  restoreIsNullOrUndefined();
  quietDefaults();
  const packageName = await importBinding(gpuOnly ? [GPU_PACKAGE] : [GPU_PACKAGE, CPU_PACKAGE]);
  await tf.setBackend('tensorflow');
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_Version: version } = backend.binding;
  if (packageName === GPU_PACKAGE && !backend.isUsingGpuDevice) throw explainUnusedGpu(version, await inspectNvidia());
  explainOperations(backend);
  tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync());
  const device = backend.isUsingGpuDevice ? 'gpu' : 'cpu';
  return { device, detail: `TensorFlow ${version} on the ${device.toUpperCase()}` };
}

/** Imports the first package that can be, else throws the failure that tells most: of one that is set up, if any. */
async function importBinding(packages: readonly string[]): Promise<string> {
  const failures: BackendError[] = [];
  for (const name of packages) {
    try {
      // Typed as any string, so that neither tsc nor the bundler needs the optional packages.
      await import(name);
      return name;
    } catch (error) {
      failures.push(explainImport(name, error));
    }
  }
  throw failures.find((failure) => !(failure instanceof BackendMissingError)) ?? failures.at(-1)!;
}

/** Node 23 removed a function that TensorFlow's Node.js binding calls. */
function restoreIsNullOrUndefined(): void {
  if ('isNullOrUndefined' in util) return;
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
}

/** Unless the user says otherwise, libtensorflow logs errors only, and takes the card's memory as it needs it. */
function quietDefaults(): void {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
}

/** Has the binding's failures come out as typed errors. The backend may be started more than once. */
function explainOperations(backend: NativeBackend): void {
  const { binding } = backend;
  if (Object.hasOwn(binding, 'explained')) return;
  // The binding's own properties are read-only.
  backend.binding = Object.create(binding, {
    explained: { value: true },
    executeOp: { value: explaining(binding.executeOp) },
    createTensor: { value: explaining(binding.createTensor) },
  }) as NativeBinding;
}

function explaining(call: NativeCall): NativeCall {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      throw explainOperation(error);
    }
  };
}

const SET_UP = 'Run npm run setup:tensorflow (with -- --gpu for a GPU), or leave the choice to auto.';

/** The library that the published binding downloads; it was built for CUDA 11.2. */
const PUBLISHED_VERSION = '2.9.1';

/** Why a package of the native binding could not be loaded. */
export function explainImport(packageName: string, cause: unknown): BackendError {
  const problem = firstLine(cause);
  const missing = codeOf(cause)?.endsWith('MODULE_NOT_FOUND') && problem.includes(packageName);
  if (missing)
    return new BackendMissingError('tensorflow', `the package ${packageName} is not installed`, {
      cause,
      advice: `Run npm install ${packageName}@4.22.0; in a clone of xtm, npm ci and then npm run setup:tensorflow.`,
    });
  if (/addon module .*can not be found/.test(problem))
    return new BackendMissingError('tensorflow', `the native binding of ${packageName} is not set up`, {
      cause,
      advice: SET_UP,
    });
  const unloadable =
    codeOf(cause) === 'ERR_DLOPEN_FAILED' || /shared object|Library not loaded|undefined symbol/.test(problem);
  if (unloadable)
    return new BackendLibraryError('tensorflow', `${packageName} cannot load its library: ${problem}`, {
      cause,
      advice: SET_UP,
    });
  return new BackendError('tensorflow', `${packageName}: ${problem}`, { cause, advice: SET_UP });
}

/** Why a binding for GPUs computes on the CPU. */
export function explainUnusedGpu(version: string, system: NvidiaSystem): BackendError {
  if (system.cards.length === 0) {
    return new NoGpuError(
      'tensorflow',
      `its binding is for GPUs, and this system has none: ${describeNvidia(system)}`,
      {
        advice: 'Install the NVIDIA driver, or run npm run setup:tensorflow for the CPU, or leave the choice to auto.',
      },
    );
  }
  const problem = `TensorFlow ${version} cannot use ${describeNvidia(system)}`;
  if (version === PUBLISHED_VERSION)
    return new CudaError('tensorflow', `${problem}: it is made for CUDA 11.2`, {
      advice: 'Run npm run setup:tensorflow -- --gpu --build, which takes a current TensorFlow.',
    });
  return new CudaError(
    'tensorflow',
    `${problem}: the CUDA libraries it was made for are missing, or the driver is too old for them`,
    {
      advice:
        'Update the NVIDIA driver and run npm run setup:tensorflow -- --gpu again, which brings the CUDA libraries ' +
        'along.',
    },
  );
}

/** An operation's failure: a typed error where the reason is a known one, else the error itself. */
export function explainOperation(cause: unknown): unknown {
  const problem = cause instanceof Error ? cause.message.replaceAll('\n', ' ') : String(cause);
  if (/\bOOM\b|RESOURCE_EXHAUSTED|TF_Status: 8\b|out of memory/i.test(problem)) {
    return new BackendMemoryError('tensorflow', `no memory is left: ${problem}`, {
      cause,
      advice: 'Take smaller batches (`batchSize`), free the card, or choose `backend` wasm.',
    });
  }
  if (/CUDA_ERROR|no kernel image|cudnn|cublas/i.test(problem)) {
    return new CudaError('tensorflow', problem, {
      cause,
      advice: 'Update the NVIDIA driver and run npm run setup:tensorflow -- --gpu again, or choose `backend` wasm.',
    });
  }
  return cause;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** The first line of an error's message: native packages append stacks and advice for other set-ups. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]!.trim();
}
