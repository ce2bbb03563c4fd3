/** A piece of a text. */
export interface TextPiece {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Cuts a text where some words occur in it as whole words, longest ones first.
 *
 * @param code language of the text, BCP-47, which says where words end
 */
export function highlightWords(text: string, words: readonly string[], code: string): TextPiece[] {
  const wanted = [...new Set(words.filter((word) => word !== ''))].sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, isMarked: false }];
  const boundaries = wordBoundaries(text, code);
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { index, 0: word } of text.matchAll(new RegExp(wanted.map(escapePattern).join('|'), 'giu'))) {
    if (!boundaries.has(index) || !boundaries.has(index + word.length)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), isMarked: false });
    pieces.push({ text: word, isMarked: true });
    end = index + word.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMarked: false });
  return pieces;
}

function wordBoundaries(text: string, code: string): ReadonlySet<number> {
  const segments = [...new Intl.Segmenter(code, { granularity: 'word' }).segment(text)];
  return new Set([...segments.map(({ index }) => index), text.length]);
}

function escapePattern(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
