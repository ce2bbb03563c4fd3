/**
 * Cuts a text of more than `longest` tokens into overlapping chunks of at most that many; the last chunk is as long as
 * the others and overlaps as far as it must. An empty text is one empty chunk.
 */
export function splitTokens(ids: readonly number[], longest: number, overlap: number): (readonly number[])[] {
  if (ids.length <= longest) return [ids];
  const chunks: (readonly number[])[] = [];
  for (let start = 0; ; start += longest - overlap) {
    if (start + longest >= ids.length) {
      chunks.push(ids.slice(ids.length - longest));
      return chunks;
    }
    chunks.push(ids.slice(start, start + longest));
  }
}
