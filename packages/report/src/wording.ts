import type { Language } from '@xtm/contracts';
import type { LanguageData } from './contract/run-data';

/** A language as people call it, in English; the code itself where nobody knows it. */
export function describeLanguage({ code }: Language): LanguageData {
  return {
    code,
    name:
      new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code', languageDisplay: 'standard' }).of(code) ??
      code,
  };
}

/** A number with as many significant digits as a chart can show, to keep the page small. */
export function significant(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}

/** JSON has no NaN. */
export function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : significant(value);
}

/** Mean of the values that exist; null where none does. */
export function meanOrNull(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value): value is number => value !== undefined && Number.isFinite(value));
  return known.length === 0 ? null : significant(known.reduce((sum, value) => sum + value, 0) / known.length);
}
