/**
 * So many texts of a file, evenly spread: JSON lines with a field `text` where the file ends in `.jsonl`, else a text
 * a line.
 */
export function readTexts(path: string, content: string, count: number): string[] {
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  const texts = path.endsWith('.jsonl')
    ? lines.map((line) => (JSON.parse(line) as { readonly text: string }).text)
    : lines;
  if (texts.length <= count) return texts;
  return Array.from({ length: count }, (_, index) => texts[Math.floor((index * texts.length) / count)]!);
}
