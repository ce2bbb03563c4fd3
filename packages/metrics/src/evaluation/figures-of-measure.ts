import type { OfLanguagePair } from './measure';

/** The figures of one measure, by what follows the measure's name. */
export type FiguresOfMeasure = Readonly<Record<string, number>>;

/** Parts of a figure's name, the empty ones left out. */
export function joinName(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** A mean, then every language's score by its code. */
export function languageFigures({ perLanguage, mean }: { readonly perLanguage: readonly number[]; readonly mean: number }, languages: readonly string[]): FiguresOfMeasure {
  return { '': mean, ...Object.fromEntries(languages.map((code, index) => [code, perLanguage[index]!])) };
}

/** Numbers of every pair of languages (`en~zh-Hans`), whose codes are left out where there is a single pair. */
export function pairFigures<Scores extends OfLanguagePair>(pairs: readonly Scores[], numbers: (scores: Scores) => FiguresOfMeasure, start = ''): FiguresOfMeasure {
  return Object.fromEntries(
    pairs.flatMap((scores) => {
      const pair = pairs.length === 1 ? '' : scores.languages.join('~');
      return Object.entries(numbers(scores)).map(([of, value]) => [joinName(start, pair, of), value]);
    }),
  );
}
