import { BackendError } from '@xtm/contracts';
import { registerKernels } from '../kernels/register-kernels';
import { allowKernels } from '../kernels/run-kernel';
import type { BackendAttempt, BackendName, BackendReport, BackendRequest, ComputePath } from './backend-report';
import { firstLine, startBackend } from './tfjs-packages';

const ORDER: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];

const ADVICE: Readonly<Record<BackendName, string>> = {
  tensorflow: 'Run npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false, or leave the choice to auto.',
  wasm: 'Reinstall @tensorflow/tfjs-backend-wasm, or leave the choice to auto.',
  cpu: 'Reinstall @tensorflow/tfjs.',
};

export interface BackendOptions {
  /** Whether the wasm backend may use xtm's fused kernels. Default true. */
  readonly kernels?: boolean;
  /** Told why when the kernels cannot be used. Default: a Node.js process warning. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Chooses what computes, for the whole process: tensorflow (the native binding, with a GPU where there is one), wasm or
 * cpu, in this order unless one is asked for by name.
 *
 * @throws BackendError if the backend asked for by name, or every backend, cannot be used here.
 */
export async function useBackend(request: BackendRequest = 'auto', options: BackendOptions = {}): Promise<BackendReport> {
  const tried: BackendAttempt[] = [];
  for (const backend of request === 'auto' ? ORDER : [request]) {
    try {
      await startBackend(backend);
      return { backend, path: choosePath(backend, options), reason: reasonFor(request, tried), tried };
    } catch (error) {
      if (request === backend) throw new BackendError(backend, firstLine(error), { advice: ADVICE[backend], cause: error });
      tried.push({ backend, problem: firstLine(error) });
    }
  }
  throw new BackendError('auto', tried.map(({ backend, problem }) => `${backend}: ${problem}`).join('; '), { advice: ADVICE.wasm });
}

function choosePath(backend: BackendName, { kernels = true, onWarning = warnProcess }: BackendOptions): ComputePath {
  allowKernels(kernels);
  if (backend !== 'wasm' || !kernels) return 'plain';
  try {
    registerKernels();
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
  return `${tried.map(({ backend }) => backend).join(' and ')} cannot be used here`;
}
