import type { EndpointError } from '@xtm/contracts';

const LASTING: ReadonlySet<EndpointError['failure']> = new Set(['unauthorised', 'notFound', 'quota', 'badRequest']);

/** Whether the next call may fare better; a wrong key or model, or an exhausted quota, stays what it is. */
export function isPassing({ failure }: EndpointError): boolean {
  return !LASTING.has(failure);
}
