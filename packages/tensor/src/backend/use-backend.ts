import { BackendError, BackendMissingError, InvalidOptionError } from '@xtm/contracts';
import { availableParallelism } from 'node:os';
import { registerKernels } from '../kernels/register-kernels';
import { allowKernels, allowThreads } from '../kernels/run-kernel';
import type { BackendAttempt, BackendName, BackendReport, BackendRequest, ComputePath } from './backend-report';
import { firstLine } from './first-line';
import { startBackend, type BackendCandidate } from './tfjs-packages';

/** Fastest first, as `docs/backends.md` measures them. */
const ORDER: readonly BackendCandidate[] = [{ backend: 'tensorflow', gpuOnly: true }, { backend: 'wasm' }, { backend: 'tensorflow' }, { backend: 'cpu' }];

const ADVICE: Readonly<Record<BackendName, string>> = {
  tensorflow: 'Run npm run setup:tensorflow, or leave the choice to auto.',
  wasm: 'Reinstall @tensorflow/tfjs-backend-wasm, or leave the choice to auto.',
  cpu: 'Reinstall @tensorflow/tfjs.',
};

export interface BackendOptions {
  /** Whether the wasm backend may use xtm's fused kernels. Default true. */
  readonly kernels?: boolean;
  /**
   * Threads that share the work of those kernels that gain by it; at most 8 are used. Results do not depend on their number.
   * Default: the processors that this process may use.
   */
  readonly threads?: number;
  /** Told why when the kernels, or a native binding that is set up, cannot be used. Default: a Node.js process warning. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Chooses what computes, for the whole process, unless one is asked for by name in this order: tensorflow (the native
 * binding) where it has a GPU, wasm, tensorflow on the CPU, cpu.
 *
 * @throws InvalidOptionError for a number of threads that is none
 * @throws BackendError if the backend asked for by name, or every backend, cannot be used here; its subclass says why.
 */
export async function useBackend(request: BackendRequest = 'auto', options: BackendOptions = {}): Promise<BackendReport> {
  const { threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1)) throw new InvalidOptionError('threads', threads, 'must be a whole number from 1 on');
  const tried: BackendAttempt[] = [];
  for (const candidate of request === 'auto' ? ORDER : [{ backend: request }]) {
    const { backend } = candidate;
    try {
      const { device, detail } = await startBackend(candidate);
      const reason = [reasonFor(request, tried), detail].filter((part) => part !== undefined).join('; ');
      return { backend, path: choosePath(backend, options), device, reason, tried };
    } catch (cause) {
      const error = cause instanceof BackendError ? cause : new BackendError(backend, firstLine(cause), { advice: ADVICE[backend], cause });
      if (request !== 'auto') throw error;
      tried.push(passOver(error, options));
    }
  }
  throw new BackendError('auto', tried.map(({ backend, problem }) => `${backend}: ${problem}`).join('; '), { advice: ADVICE.wasm });
}

/** Nobody need hear of a binding that was never set up; of one that does not work they should. */
function passOver(error: BackendError, { onWarning = warnProcess }: BackendOptions): BackendAttempt {
  if (!(error instanceof BackendMissingError)) onWarning(`${error.message}. ${error.advice}`);
  return { backend: error.backend as BackendName, problem: error.problem, advice: error.advice };
}

function choosePath(backend: BackendName, { kernels = true, threads = availableParallelism(), onWarning = warnProcess }: BackendOptions): ComputePath {
  allowKernels(kernels);
  allowThreads(threads);
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
  return tried.map(({ backend, problem }) => `${backend} is not used: ${problem}`).join(', ');
}
