import { BackendError } from './backend-error';

/** A binding for GPUs is installed, and the system has no card that it can see. */
export class NoGpuError extends BackendError {
  override readonly code = 'NO_GPU';
}
