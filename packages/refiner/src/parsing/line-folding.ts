/**
 * A line of the same length in which full-width letters, digits and punctuation and all kinds of dashes are plain, so
 * that marks are found whatever their width and words can be cut from the line itself.
 */
export function foldLine(line: string): string {
  return line
    .replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000|\u00A0/g, ' ')
    .replace(/[–—―─−‐‑]/g, '-')
    .replace(/[【〔「『]/g, '[')
    .replace(/[】〕」』]/g, ']');
}

/** Escapes what has a meaning in regular expressions. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
