import type { Language } from '@xtm/contracts';
import { labelOf } from '../language-labels';
import type { LinePatterns } from './line-patterns';
import { addWords, type CompoundWords, emptyBlock, type ReplyBlock, splitWords } from './reply-words';

const MARKDOWN_START = /^(?:\s|>|#{1,6}\s|[*+•●▪◦]\s|-\s+|\d{1,3}[.)]\s+(?=\S))+/u;
const ENDS_OPEN = /(?:\s[-–—]|[,，、;；])$/u;
const STARTS_OPEN = /^\s*(?:[-–—]\s|[,，、;；])/u;
const COMMENT_WORDS = 4;

/** What the lines say before the next one is read. */
interface ReadingState {
  readonly blocks: ReplyBlock[];
  /** Language whose words the next lines may go on with. */
  open: number | undefined;
  /** Whether the open language's words stand below its label, one per line. */
  listing: boolean;
  /** Whether the last line ended with a separator. */
  continues: boolean;
}

/** Reads topics out of plain text or markdown, whichever way its lines are marked. */
export function parseLines(text: string, patterns: LinePatterns, compounds: readonly CompoundWords[]): ReplyBlock[] {
  const state: ReadingState = { blocks: [], open: undefined, listing: false, continues: false };
  const lines = text.split('\n').flatMap((line) => patterns.splitLine(line)).filter((line) => line.trim() !== '');
  lines.forEach((line, position) => readLine(line, lines[position + 1], state, patterns, compounds));
  return state.blocks;
}

function readLine(
  line: string,
  next: string | undefined,
  state: ReadingState,
  patterns: LinePatterns,
  compounds: readonly CompoundWords[],
): void {
  const plain = withoutMarks(line);
  const labelled = patterns.labelledLine(plain);
  const isWord = labelled?.bare === true && state.listing && labelled.languageIndex === state.open;
  if (labelled !== undefined && !isWord) return openLanguage(labelled.languageIndex, labelled.rest, state, compounds);
  const header =
    patterns.topicHeader(plain) ??
    (isTitleBefore(next, state, patterns) ? patterns.numberedTitle(withoutEmphasis(line)) : undefined);
  if (header !== undefined) {
    state.blocks.push(emptyBlock(compounds, header.number, header.theme));
    state.open = undefined;
    return;
  }
  if (state.open !== undefined) continueWords(line, plain, state);
  else readTheme(plain, state, patterns);
}

function openLanguage(
  languageIndex: number,
  words: string,
  state: ReadingState,
  compounds: readonly CompoundWords[],
): void {
  const current = state.blocks.at(-1);
  const taken = current === undefined || current.words[languageIndex]!.length > 0;
  const block = taken ? emptyBlock(compounds) : current;
  if (taken) state.blocks.push(block);
  const found = addWords(block, languageIndex, splitWords(words));
  state.open = languageIndex;
  state.listing = !found;
  state.continues = ENDS_OPEN.test(words);
}

function continueWords(line: string, plain: string, state: ReadingState): void {
  if (state.listing && isComment(plain)) {
    state.open = undefined;
    return;
  }
  if (!state.listing && !state.continues && !STARTS_OPEN.test(line)) {
    state.open = undefined;
    return;
  }
  addWords(state.blocks.at(-1)!, state.open!, splitWords(plain));
  state.continues = ENDS_OPEN.test(plain);
}

function readTheme(plain: string, state: ReadingState, patterns: LinePatterns): void {
  const block = state.blocks.at(-1);
  const theme = patterns.themeLine(plain);
  if (block !== undefined && theme !== undefined) block.theme ??= theme;
}

/** A numbered line is a title when a label follows, unless it is the last of a list of numbered words. */
function isTitleBefore(next: string | undefined, state: ReadingState, patterns: LinePatterns): boolean {
  const listed = state.open !== undefined && state.listing && state.blocks.at(-1)!.words[state.open]!.length > 0;
  return !listed && next !== undefined && patterns.labelledLine(withoutMarks(next)) !== undefined;
}

function isComment(plain: string): boolean {
  return (
    (plain.split(/\s+/).length >= COMMENT_WORDS &&
      splitWords(plain).some((piece) => piece.trim().split(/\s+/).length >= COMMENT_WORDS)) ||
    (/[.:!。：！]$/u.test(plain) && /\s/.test(plain))
  );
}

function withoutMarks(line: string): string {
  return withoutEmphasis(line).replace(MARKDOWN_START, '').trim();
}

function withoutEmphasis(line: string): string {
  return line.replace(/\*\*|__|`/g, '').replace(/(?<![\p{L}\p{N}])\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}])/gu, '').trim();
}

/** Rewrites markdown tables with one column per language as the lines that prompts ask for; other lines stay. */
export function unfoldTables(text: string, patterns: LinePatterns, languages: readonly Language[]): string {
  let columns: TableColumns | undefined;
  return text
    .split('\n')
    .flatMap((line) => {
      if (!/^\s*\|.*\|/.test(line)) {
        columns = undefined;
        return [line];
      }
      const cells = cellsOf(line);
      if (columns !== undefined) return rowLines(cells, columns, languages);
      columns = columnsOf(cells, patterns, languages.length);
      return columns === undefined ? [line] : [];
    })
    .join('\n');
}

interface TableColumns {
  readonly number: number;
  readonly theme: number;
  readonly words: readonly number[];
}

function cellsOf(line: string): string[] {
  return line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.replace(/\*\*/g, '').trim());
}

function columnsOf(cells: readonly string[], patterns: LinePatterns, languages: number): TableColumns | undefined {
  const named = cells.map((cell) => patterns.languageNamed(cell));
  const words = Array.from({ length: languages }, (_, index) => named.indexOf(index));
  if (words.includes(-1)) return undefined;
  const find = (pattern: RegExp): number =>
    cells.findIndex((cell, index) => named[index] === undefined && pattern.test(cell));
  return { number: find(/topic|#|id|no\.?|number|index|主题/i), theme: find(/theme|title|label|name/i), words };
}

function rowLines(
  cells: readonly string[],
  { number, theme, words }: TableColumns,
  languages: readonly Language[],
): string[] {
  if (cells.every((cell) => /^:?-*:?$/.test(cell))) return [];
  const digits = /\d+/.exec(cells[number] ?? '')?.[0];
  const header =
    digits === undefined ? [] : [`Topic ${digits}: ${cells[theme] ?? cells[number]!.replace(/^.*?\d+\W*/, '')}`];
  return [...header, ...languages.map((language, index) => `${labelOf(language)}: ${cells[words[index]!] ?? ''}`)];
}
