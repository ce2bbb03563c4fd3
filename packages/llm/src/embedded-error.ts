import { APIError } from 'openai';

/** Throws `APIError` when a reply that came with success carries an error inside, as routers send it. */
export function throwEmbeddedError(reply: { readonly error?: unknown } | object): void {
  const error = 'error' in reply ? reply.error : undefined;
  if (typeof error !== 'object' || error === null) return;
  const status = 'code' in error && typeof error.code === 'number' ? error.code : 500;
  throw APIError.generate(status, { error }, undefined, new Headers());
}
