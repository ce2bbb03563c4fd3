import { BackendError } from './backend-error';

/** A native binding is there, but a library that it needs is not, or is another one than it was built for. */
export class BackendLibraryError extends BackendError {
  override readonly code = 'BACKEND_LIBRARY';
}
