import { type LinePatterns, themeOf } from './line-patterns';
import { addWords, type CompoundWords, emptyBlock, type ReplyBlock, splitWords } from './reply-words';

type JsonObject = Readonly<Record<string, unknown>>;

/** What the members around an object say about the topic in it. */
interface Surroundings {
  readonly number: number | undefined;
  readonly theme: string | undefined;
}

const NUMBER_KEYS = /^(?:topic|topic[_ ]?(?:id|index|number|no)|id|index|number|no)$/i;
const THEME_KEYS = /^(?:theme|title|label|name|topic[_ ]?(?:name|theme|label)|topic|主题)$/i;

/** Reads topics out of JSON, however it nests them: every object with a member for each language is one. */
export function parseJsonReply(
  text: string,
  patterns: LinePatterns,
  compounds: readonly CompoundWords[],
): ReplyBlock[] {
  return findTopics(mendJson(text), { number: undefined, theme: undefined }, patterns, compounds);
}

function findTopics(
  value: unknown,
  around: Surroundings,
  patterns: LinePatterns,
  compounds: readonly CompoundWords[],
): ReplyBlock[] {
  if (Array.isArray(value)) return value.flatMap((item) => findTopics(item, around, patterns, compounds));
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value as JsonObject);
  const here = { number: numberIn(members) ?? around.number, theme: themeIn(members) ?? around.theme };
  const block = readTopic(members, here, patterns, compounds);
  if (block !== undefined) return [block];
  return members.flatMap(([key, member]) => {
    const number = /^(?:topic)?[\s_#]*(\d{1,5})$/i.exec(key)?.[1];
    return findTopics(member, number === undefined ? here : { ...here, number: Number(number) }, patterns, compounds);
  });
}

function readTopic(
  members: readonly (readonly [string, unknown])[],
  { number, theme }: Surroundings,
  patterns: LinePatterns,
  compounds: readonly CompoundWords[],
): ReplyBlock | undefined {
  const block = emptyBlock(compounds, number, theme);
  const named = members.map(([key, value]) => [patterns.languageNamed(key), value] as const);
  if (new Set(named.map(([index]) => index).filter((index) => index !== undefined)).size < compounds.length)
    return undefined;
  for (const [languageIndex, value] of named)
    if (languageIndex !== undefined) addWords(block, languageIndex, piecesOf(value));
  return block;
}

function piecesOf(value: unknown): string[] {
  if (typeof value === 'string') return splitWords(value);
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === 'string' ? [item] : piecesOf(item)));
  if (typeof value !== 'object' || value === null) return [];
  const { word, term, words } = value as JsonObject;
  return typeof word === 'string' ? [word] : typeof term === 'string' ? [term] : piecesOf(words);
}

function numberIn(members: readonly (readonly [string, unknown])[]): number | undefined {
  for (const [key, value] of members) {
    const digits =
      NUMBER_KEYS.test(key) && (typeof value === 'number' || typeof value === 'string')
        ? /^\D*(\d{1,5})\D*$/.exec(String(value))?.[1]
        : undefined;
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}

function themeIn(members: readonly (readonly [string, unknown])[]): string | undefined {
  const found = members.find(
    ([key, value]) => THEME_KEYS.test(key) && typeof value === 'string' && !/^(?:topic)?[\s#]*\d+$/i.test(value),
  );
  return found === undefined ? undefined : themeOf(found[1] as string);
}

/** Where JSON begins; brackets in prose hold no quotes and no further brackets at once. */
export const JSON_START = /[{[]\s*["'{[]/;

/** The JSON values in a text, one after another, with trailing commas, single quotes and a missing end put right. */
function mendJson(text: string): unknown[] {
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

/**
 * Walks over a text that starts with JSON and finds where its values end, or closes the last at its last whole member.
 */
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
