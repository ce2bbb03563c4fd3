import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { BackendMissingError, type BackendError } from '@xtm/contracts';
import { inspectNvidia } from './nvidia-system';
import { explainImport, explainOperation, explainUnusedGpu } from './tensorflow-failures';

const GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';
const CPU_PACKAGE = '@tensorflow/tfjs-node';

/** What the native binding turned out to be. */
export interface TensorflowFacts {
  /** libtensorflow's version. */
  readonly version: string;
  readonly gpu: boolean;
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
export async function startTensorflow(gpuOnly: boolean): Promise<TensorflowFacts> {
  restoreIsNullOrUndefined();
  quietDefaults();
  const packageName = await importBinding(gpuOnly ? [GPU_PACKAGE] : [GPU_PACKAGE, CPU_PACKAGE]);
  await tf.setBackend('tensorflow');
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_Version: version } = backend.binding;
  if (packageName === GPU_PACKAGE && !backend.isUsingGpuDevice) throw explainUnusedGpu(version, await inspectNvidia());
  explainOperations(backend);
  tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync());
  return { version, gpu: backend.isUsingGpuDevice };
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
