import type { WordList } from './word-list';

/** The list as dictionary files have it: one pair a line, the second language's word first, one space between. */
export function formatWordList({ translations }: WordList): string {
  return translations.map(({ first, second }) => `${second} ${first}\n`).join('');
}
