/** One way in which a server, or the model behind it, fails those who rely on it. */
export type Misbehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly error: Readonly<Record<string, unknown>>;
    }
  /** Waits so many milliseconds before it answers properly. */
  | { readonly kind: 'slow'; readonly delay: number }
  /** Sends headers and half the body, then nothing. */
  | { readonly kind: 'stall' }
  /** Closes the connection before or in the middle of the reply. */
  | { readonly kind: 'cut'; readonly at: 'start' | 'half' }
  /** Success with a body that is not the protocol's. */
  | { readonly kind: 'body'; readonly body: string }
  /** Success whose text per model has spoilt. */
  | { readonly kind: 'text'; readonly spoil: (text: string) => string; readonly truncated?: boolean };

/** The catalogue that tests go through. */
export const misbehaviours = {
  throttled: (retryAfterSeconds?: number): Misbehaviour => ({
    kind: 'status',
    status: 429,
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }),
    error: { message: 'Rate limit reached, slow down', type: 'requests', code: 'rate_limit_exceeded' },
  }),
  throttledUntil: (date: Date): Misbehaviour => ({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': date.toUTCString() },
    error: { message: 'Rate limit reached' },
  }),
  quotaExhausted: (): Misbehaviour => ({
    kind: 'status',
    status: 429,
    error: {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    },
  }),
  unauthorised: (message = 'Incorrect API key provided'): Misbehaviour => ({
    kind: 'status',
    status: 401,
    error: { message, code: 'invalid_api_key' },
  }),
  forbidden: (): Misbehaviour => ({ kind: 'status', status: 403, error: { message: 'Not allowed' } }),
  notFound: (): Misbehaviour => ({
    kind: 'status',
    status: 404,
    error: { message: 'The model does not exist', code: 'model_not_found' },
  }),
  badRequest: (): Misbehaviour => ({ kind: 'status', status: 400, error: { message: 'Unsupported value' } }),
  conflict: (): Misbehaviour => ({ kind: 'status', status: 409, error: { message: 'Conflict' } }),
  requestTimeout: (): Misbehaviour => ({ kind: 'status', status: 408, error: { message: 'Timed out' } }),
  serverError: (status = 500): Misbehaviour => ({
    kind: 'status',
    status,
    error: { message: 'The server had an error' },
  }),
  slow: (delay: number): Misbehaviour => ({ kind: 'slow', delay }),
  stalled: (): Misbehaviour => ({ kind: 'stall' }),
  cutAtStart: (): Misbehaviour => ({ kind: 'cut', at: 'start' }),
  cutInTheMiddle: (): Misbehaviour => ({ kind: 'cut', at: 'half' }),
  halfJson: (): Misbehaviour => ({ kind: 'body', body: '{"id":"x","choices":[{"mess' }),
  webPage: (): Misbehaviour => ({ kind: 'body', body: '<html><body>It works!</body></html>' }),
  noChoices: (): Misbehaviour => ({ kind: 'body', body: '{"id":"x","choices":[]}' }),
  embeddedError: (code: number): Misbehaviour => ({
    kind: 'body',
    body: JSON.stringify({ error: { code, message: 'Upstream failed' } }),
  }),
  halfReply: (): Misbehaviour => ({
    kind: 'text',
    spoil: (text) => text.slice(0, Math.floor(text.length / 2)),
    truncated: true,
  }),
  emptyReply: (): Misbehaviour => ({ kind: 'text', spoil: () => '' }),
  refusal: (): Misbehaviour => ({ kind: 'text', spoil: () => 'I am sorry, but I cannot help with that.' }),
  wrongCounts: (): Misbehaviour => ({ kind: 'text', spoil: unevenCounts }),
  chatter: (): Misbehaviour => ({ kind: 'text', spoil: chatty }),
} as const;

/** Drops two words of every other word line and repeats the first of the rest. */
function unevenCounts(text: string): string {
  let line = 0;
  return text.replace(/^(\S+: )(.+ - .+)$/gm, (_match, label: string, list: string) => {
    const words = list.split(' - ');
    line += 1;
    return label + (line % 2 === 0 ? words.slice(2) : [...words, words[0]!]).join(' - ');
  });
}

function chatty(text: string): string {
  return `<think>The user wants better topics: let me look at each.\nTopic 0: not yet</think>\nSure! Here are the ` +
    `refined topics:\n\n\`\`\`\n${text}\n\`\`\`\n\nLet me know if you would like me to change anything!`;
}
