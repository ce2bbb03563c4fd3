import { BackendError } from './backend-error';

/** The device that a backend computes on has no memory left. */
export class BackendMemoryError extends BackendError {
  override readonly code = 'BACKEND_MEMORY';
}
