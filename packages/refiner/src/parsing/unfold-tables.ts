import { labelOf } from '../languages/language-labels';
import type { Language } from '@xtm/contracts';
import type { LinePatterns } from './line-patterns';

/** Rewrites markdown tables with a column a language as the lines that prompts ask for; other lines stay. */
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
  const find = (pattern: RegExp): number => cells.findIndex((cell, index) => named[index] === undefined && pattern.test(cell));
  return { number: find(/topic|#|id|no\.?|number|index|主题/i), theme: find(/theme|title|label|name/i), words };
}

function rowLines(cells: readonly string[], { number, theme, words }: TableColumns, languages: readonly Language[]): string[] {
  if (cells.every((cell) => /^:?-*:?$/.test(cell))) return [];
  const digits = /\d+/.exec(cells[number] ?? '')?.[0];
  const header = digits === undefined ? [] : [`Topic ${digits}: ${cells[theme] ?? cells[number]!.replace(/^.*?\d+\W*/, '')}`];
  return [...header, ...languages.map((language, index) => `${labelOf(language)}: ${cells[words[index]!] ?? ''}`)];
}
