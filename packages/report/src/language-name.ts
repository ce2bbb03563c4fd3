import type { Language } from '@xtm/contracts';
import type { LanguageData } from './contract/language-data';

/** A language as people call it, in English; the code itself where nobody knows it. */
export function describeLanguage({ code }: Language): LanguageData {
  return { code, name: new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code', languageDisplay: 'standard' }).of(code) ?? code };
}
