import { BackendError, BackendLibraryError, BackendMemoryError, BackendMissingError, CudaError, NoGpuError } from '@xtm/contracts';
import { firstLine } from './first-line';
import { describeNvidia, type NvidiaSystem } from './nvidia-system';

const SET_UP = 'Run npm run setup:tensorflow (with -- --gpu for a GPU), or leave the choice to auto.';

/** The library that the published binding downloads; it was built for CUDA 11.2. */
const PUBLISHED_VERSION = '2.9.1';

/** Why a package of the native binding could not be loaded. */
export function explainImport(packageName: string, cause: unknown): BackendError {
  const problem = firstLine(cause);
  const missing = codeOf(cause)?.endsWith('MODULE_NOT_FOUND') && problem.includes(packageName);
  if (missing) return new BackendMissingError('tensorflow', `the package ${packageName} is not installed`, { cause, advice: 'Run npm ci without --omit=optional, then npm run setup:tensorflow.' });
  if (/addon module .*can not be found/.test(problem)) return new BackendMissingError('tensorflow', `the native binding of ${packageName} is not set up`, { cause, advice: SET_UP });
  const unloadable = codeOf(cause) === 'ERR_DLOPEN_FAILED' || /shared object|Library not loaded|undefined symbol/.test(problem);
  if (unloadable) return new BackendLibraryError('tensorflow', `${packageName} cannot load its library: ${problem}`, { cause, advice: SET_UP });
  return new BackendError('tensorflow', `${packageName}: ${problem}`, { cause, advice: SET_UP });
}

/** Why a binding for GPUs computes on the CPU. */
export function explainUnusedGpu(version: string, system: NvidiaSystem): BackendError {
  if (system.cards.length === 0) {
    return new NoGpuError('tensorflow', `its binding is for GPUs, and this system has none: ${describeNvidia(system)}`, { advice: 'Install the NVIDIA driver, or run npm run setup:tensorflow for the CPU, or leave the choice to auto.' });
  }
  const problem = `TensorFlow ${version} cannot use ${describeNvidia(system)}`;
  if (version === PUBLISHED_VERSION) return new CudaError('tensorflow', `${problem}: it is made for CUDA 11.2`, { advice: 'Run npm run setup:tensorflow -- --gpu --build, which takes a current TensorFlow.' });
  return new CudaError('tensorflow', `${problem}: the CUDA libraries it was made for are missing, or the driver is too old for them`, { advice: 'Update the NVIDIA driver and run npm run setup:tensorflow -- --gpu again, which brings the CUDA libraries along.' });
}

/** An operation's failure: a typed error where the reason is a known one, else the error itself. */
export function explainOperation(cause: unknown): unknown {
  const problem = cause instanceof Error ? cause.message.replaceAll('\n', ' ') : String(cause);
  if (/\bOOM\b|RESOURCE_EXHAUSTED|TF_Status: 8\b|out of memory/i.test(problem)) {
    return new BackendMemoryError('tensorflow', `no memory is left: ${problem}`, { cause, advice: 'Take smaller batches (--batch-size), free the card, or choose --backend wasm.' });
  }
  if (/CUDA_ERROR|no kernel image|cudnn|cublas/i.test(problem)) {
    return new CudaError('tensorflow', problem, { cause, advice: 'Update the NVIDIA driver and run npm run setup:tensorflow -- --gpu again, or choose --backend wasm.' });
  }
  return cause;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
