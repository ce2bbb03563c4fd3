import { BackendError } from './backend-error';

/** The system has a card, and the installed library cannot use it: wrong or missing CUDA, or a driver too old for it. */
export class CudaError extends BackendError {
  override readonly code = 'CUDA';
}
