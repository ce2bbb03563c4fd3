import { estimateTokens } from './estimate-tokens';

/** The longest beginning of the text with no more than so many tokens, by estimate; no character is cut in two. */
export function truncateText(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text;
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (estimateTokens(text.slice(0, middle)) <= maxTokens) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, isLowSurrogate(text.charCodeAt(fits)) ? fits - 1 : fits);
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
