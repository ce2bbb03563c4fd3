import { XtmError, type XtmErrorOptions } from './xtm-error';

/** Why an endpoint could not answer: tells what to retry from what to mend. */
export type EndpointFailure = 'unauthorised' | 'notFound' | 'quota' | 'throttled' | 'server' | 'network' | 'timeout' | 'invalidReply' | 'badRequest';

/** A chat, embedding or download endpoint failed for good, after the retries that its kind of failure deserves. */
export class EndpointError extends XtmError {
  readonly code = 'ENDPOINT';
  readonly endpoint: string;
  readonly failure: EndpointFailure;
  readonly status: number | undefined;

  constructor(endpoint: string, failure: EndpointFailure, problem: string, options?: XtmErrorOptions & { readonly status?: number }) {
    super(`${endpoint}: ${problem}`, options);
    this.endpoint = endpoint;
    this.failure = failure;
    this.status = options?.status;
  }
}
