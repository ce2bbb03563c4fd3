import { BackendError } from './backend-error';

/** An optional backend's package, or the native binding inside it, is not installed. */
export class BackendMissingError extends BackendError {
  override readonly code = 'BACKEND_MISSING';
}
