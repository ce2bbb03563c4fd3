import type { LanguageData } from '../../contract/language-data';
import { element } from '../dom/element';

/** Words in their language, so that the right glyphs are chosen and they are read out rightly. */
export function wordsOfLanguage({ code }: LanguageData, words: readonly string[], separator = ' · '): HTMLElement {
  return element('span', { lang: code, class: 'words' }, words.join(separator));
}
