/** Characters that are there without being seen: zero-width spaces and joiners, marks of direction, soft hyphens. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;

/** Tags that models put around what they think before they answer. */
const THINKING_TAGS = 'think|thinking|thought|thoughts|reasoning|reflection|analysis|scratchpad';
const THINKING = new RegExp(`<(${THINKING_TAGS})\\b[^>]*>[\\s\\S]*?</\\1\\s*>`, 'gi');
const THINKING_END = new RegExp(`^[\\s\\S]*</(?:${THINKING_TAGS})\\s*>`, 'i');
const THINKING_START = new RegExp(`<(?:${THINKING_TAGS})\\b[^>]*>[\\s\\S]*$`, 'i');

/** A reply without thinking sections, tags, code fences' marks, words struck out and characters that cannot be seen. */
export function cleanReply(text: string): string {
  return withoutThinking(text.replace(/\r\n?/g, '\n').replace(INVISIBLE, ''))
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(?:answer|output|response|result|final|p|b|i|strong|em|li|ul|ol|code|pre)\b[^>]*>/gi, '')
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/~~[^~\n]+~~/g, '');
}

/** Whole sections, a section whose start was not sent, and one that never ends. */
function withoutThinking(text: string): string {
  const spoken = text.replace(/^[\s\S]*<\|channel\|>\s*final\s*(?:<\|[^|]*\|>)*<\|message\|>/, '').replace(/<\|[^|]*\|>/g, '');
  return spoken.replace(THINKING, '').replace(THINKING_END, '').replace(THINKING_START, '');
}
