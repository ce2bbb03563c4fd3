import type { Counting } from './reference-counts';

/** Words of a document that stands on one line, as the counting wants them. */
export function wordsOfLine(line: string, counting: Counting): string[] {
  const text = counting === 'released' ? line.toLowerCase() : line;
  return text.split(/\s+/);
}
