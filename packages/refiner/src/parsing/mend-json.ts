/** Where JSON begins; brackets in prose hold no quotes and no further brackets at once. */
export const JSON_START = /[{[]\s*["'{[]/;

/** The JSON values in a text, one after another, with trailing commas, single quotes and a missing end put right. */
export function mendJson(text: string): unknown[] {
  const start = text.search(JSON_START);
  if (start < 0) return [];
  const candidate = text.slice(start);
  const { values, rest } = closeJson(candidate.includes('"') ? candidate : candidate.replaceAll("'", '"'));
  return [...values, rest].map(parseMended).filter((value) => value !== undefined);
}

function parseMended(text: string): unknown {
  try {
    return JSON.parse(text.replace(/,\s*(?=[}\]])/g, ''));
  } catch {
    return undefined;
  }
}

interface ClosedJson {
  /** Whole objects and arrays that follow one another. */
  readonly values: readonly string[];
  /** The last, unfinished one, cut after its last whole member and closed. */
  readonly rest: string;
}

/** Walks over a text that starts with JSON and finds where its values end, or closes the last at its last whole member. */
function closeJson(text: string): ClosedJson {
  const values: string[] = [];
  let open: string[] = [];
  let start = 0;
  let whole = { end: 0, closers: '' };
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position]!;
    if (character === '"') {
      position = endOfString(text, position);
      if (open.at(-1) === ']' && position < text.length) whole = { end: position + 1, closers: closersOf(open) };
    } else if (character === '{' || character === '[') {
      if (open.length === 0) start = position;
      open.push(character === '{' ? '}' : ']');
    } else if (character === open.at(-1)) {
      open = open.slice(0, -1);
      whole = { end: position + 1, closers: closersOf(open) };
      if (open.length === 0) values.push(text.slice(start, position + 1));
    } else if (character === ',' && open.length > 0) {
      whole = { end: position, closers: closersOf(open) };
    }
  }
  return { values, rest: open.length === 0 || whole.end <= start ? '' : text.slice(start, whole.end) + whole.closers };
}

function endOfString(text: string, start: number): number {
  let position = start + 1;
  while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position;
}

function closersOf(open: readonly string[]): string {
  return [...open].reverse().join('');
}
