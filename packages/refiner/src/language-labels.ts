import type { Language } from '@xtm/contracts';

/**
 * What stands before a language's words in prompts and replies: the file suffix in capitals, for example `EN` or `CN`.
 */
export function labelOf({ suffix }: Language): string {
  return suffix.toUpperCase();
}

/** A language's English name, for example `Japanese`; its code where there is none. */
export function languageName({ code }: Language): string {
  return displayName(code, 'en') ?? code;
}

/** Codes that are in use for a language beside its BCP-47 one: of countries, and of ISO 639-2. */
const OTHER_CODES: Readonly<Record<string, readonly string[]>> = {
  zh: ['cn', 'chn', 'zho', 'chi', 'zh-cn', '汉语', '漢語', '中国語'],
  ja: ['jp', 'jpn', '日语', '日文', '日語'],
  ko: ['kr', 'kor', '韩语', '韩文'],
  en: ['eng', '英语', '英語', '英文'],
  de: ['deu', 'ger'],
  fr: ['fra', 'fre'],
  es: ['spa'],
  it: ['ita'],
  pt: ['por', 'br'],
  ru: ['rus'],
  uk: ['ua', 'ukr'],
  vi: ['vn', 'vie'],
  ar: ['ara'],
  cs: ['cz', 'ces'],
  da: ['dk', 'dan'],
  el: ['gr', 'ell'],
  sv: ['se', 'swe'],
};

/**
 * By what names a reply may call the languages, lower-cased, and the index of the language meant. Names that fit
 * several of the languages are left out, except that a language's own label always means it.
 */
export function languageAliases(languages: readonly Language[]): ReadonlyMap<string, number> {
  const owners = new Map<string, Set<number>>();
  const locales = new Set(['en', 'zh', 'ja', ...languages.map(({ code }) => code)]);
  languages.forEach((language, index) => {
    for (const alias of aliasesOf(language, locales)) owners.set(alias, (owners.get(alias) ?? new Set()).add(index));
  });
  const aliases = new Map(
    [...owners].filter(([, indices]) => indices.size === 1).map(([alias, [index]]) => [alias, index!] as const),
  );
  languages.forEach((language, index) => aliases.set(labelOf(language).toLowerCase(), index));
  return aliases;
}

function aliasesOf({ code, suffix }: Language, locales: ReadonlySet<string>): string[] {
  const [base = code] = code.split('-');
  const names = [code, base].flatMap((tag) => [...locales].map((locale) => displayName(tag, locale)));
  return [code, base, suffix, ...(OTHER_CODES[base] ?? []), ...names]
    .filter((alias) => alias !== undefined)
    .map((alias) => alias.toLowerCase());
}

function displayName(code: string, locale: string): string | undefined {
  try {
    return new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(code);
  } catch {
    return undefined;
  }
}
