const REDACTED = '[redacted]';

/** What keys of well-known services and authorisation headers look like, should one come from elsewhere than the options. */
const KEY_SHAPES = /\b(?:sk|gsk|nvapi|hf|xai)[-_][\w-]{8,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.~+/-]{8,}=*/g;

/** The text without the secrets given and without anything shaped like an API key. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const withoutKnown = secrets.filter((secret) => secret !== '').reduce((current, secret) => current.split(secret).join(REDACTED), text);
  return withoutKnown.replace(KEY_SHAPES, REDACTED);
}

/** A URL fit for messages and records: without user, password, query and fragment. */
export function printableUrl(url: string): string {
  const parsed = new URL(url);
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '');
}
