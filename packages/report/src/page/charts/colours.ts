/** Colours of the theme at work, as the styles have them. */
export interface Colours {
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  /** From none to much. */
  readonly scale: readonly string[];
  /** Colours that tell languages apart. */
  readonly languages: readonly string[];
  /** Colours that tell a few categories apart. */
  readonly categories: readonly string[];
  readonly font: string;
}

const LANGUAGES = 4;
const CATEGORIES = 10;
const STEPS = 4;

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const readAll = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => read(`${name}-${index}`));
  return {
    surface: read('surface'),
    ink: read('ink'),
    muted: read('muted'),
    line: read('line'),
    accent: read('accent'),
    scale: readAll('scale', STEPS),
    languages: readAll('language', LANGUAGES),
    categories: readAll('category', CATEGORIES),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** Colour of a language; beyond the fourth they repeat. */
export function languageColour({ languages }: Colours, language: number): string {
  return languages[language % languages.length]!;
}
