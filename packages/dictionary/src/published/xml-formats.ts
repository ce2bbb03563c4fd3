import { SaxesParser } from 'saxes';
import { DataFormatError } from '@xtm/contracts';
import { canonicalCode, languageOf } from '../lists/languages';
import {
  type DictionaryEntry,
  type DictionarySource,
  languagesByName,
  languagesFrom,
  type OpenedDictionary,
} from './dictionary-entry';

/**
 * Characters that are handed to the parser at a time; the entries of a piece are given on before the next one is read.
 */
const PIECE = 2 ** 16;

/** Told what an XML file holds, element by element. */
interface ElementHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  /** @param text what stands in the element itself, without that of the elements in it */
  close(name: string, text: string): void;
}

/**
 * Runs an XML text past a handler, which adds to `found` what it has finished.
 *
 * @throws DataFormatError with the line of what is no XML
 */
function* parseXml<Found>(text: string, file: string, found: Found[], handler: ElementHandler): Iterable<Found> {
  const parser = new SaxesParser();
  const texts: string[] = [];
  parser.on('error', (error) => {
    throw new DataFormatError(`is no well-formed XML: ${error.message}`, { file, line: parser.line });
  });
  parser.on('doctype', (doctype) => defineEntities(parser, doctype));
  parser.on('opentag', ({ name, attributes }) => {
    texts.push('');
    handler.open?.(name, attributes);
  });
  parser.on('text', (piece) => {
    if (texts.length > 0) texts[texts.length - 1] += piece;
  });
  parser.on('closetag', ({ name }) => handler.close(name, texts.pop()!.trim()));
  for (let start = 0; start < text.length; start += PIECE) {
    parser.write(text.slice(start, start + PIECE));
    yield* found.splice(0);
  }
  parser.close();
  yield* found.splice(0);
}

/** Codes such as `&uk;` stay codes: what they are short for is prose, and too long to compare. */
function defineEntities(parser: SaxesParser, doctype: string): void {
  for (const [, name] of doctype.matchAll(/<!ENTITY\s+([\w.-]+)\s+["']/g)) parser.ENTITIES[name!] = name!;
}

/** JMdict: Japanese to English, and to other languages in the files that have them. */
export function openJmdict(source: DictionarySource): OpenedDictionary {
  const languages = languagesFrom(source, 'ja');
  return { languages, entries: jmdictEntries(source, languages[1]), collect: { glosses: true } };
}

/** Spellings that are wrong, out of use or there for searching only. */
const UNUSUAL_SPELLING = new Set(['iK', 'oK', 'rK', 'sK', 'ik', 'ok', 'rk', 'sk']);

interface JmdictSense {
  readonly glosses: string[];
  /** Spellings and readings that it is restricted to. */
  readonly only: string[];
  usuallyKana: boolean;
}

function jmdictEntries(
  { text, file, readings: withReadings }: DictionarySource,
  language: string,
): Iterable<DictionaryEntry> {
  const found: DictionaryEntry[] = [];
  let [spellings, readings]: [string[], string[]] = [[], []];
  let [form, unusual, glossLanguage] = ['', false, ''];
  let sense: JmdictSense = { glosses: [], only: [], usuallyKana: false };
  const finishForm = (forms: string[]): void => {
    if (!unusual) forms.push(form);
    unusual = false;
  };
  const finishSense = (): void => {
    const kana = withReadings || sense.usuallyKana || spellings.length === 0 ? readings : [];
    const words = [...spellings, ...kana].filter((word) => sense.only.length === 0 || sense.only.includes(word));
    if (sense.glosses.length > 0) found.push({ words, glosses: sense.glosses });
    sense = { glosses: [], only: [], usuallyKana: false };
  };
  const closing: Readonly<Record<string, (text: string) => void>> = {
    keb: (word) => (form = word),
    reb: (word) => (form = word),
    ke_inf: (code) => (unusual ||= UNUSUAL_SPELLING.has(code)),
    re_inf: (code) => (unusual ||= UNUSUAL_SPELLING.has(code)),
    k_ele: () => finishForm(spellings),
    r_ele: () => finishForm(readings),
    stagk: (word) => sense.only.push(word),
    stagr: (word) => sense.only.push(word),
    misc: (code) => (sense.usuallyKana ||= code === 'uk'),
    gloss: (words) => glossLanguage === languageOf(language) && sense.glosses.push(words),
    sense: finishSense,
    entry: () => ([spellings, readings] = [[], []]),
  };
  return parseXml(text, file, found, {
    open: (name, attributes) => {
      // The document type says eng where the attribute is missing.
      if (name === 'gloss') glossLanguage = canonicalCode(attributes['xml:lang'] ?? 'eng') ?? '';
    },
    close: (name, content) => closing[name]?.(content),
  });
}

/** TEI as FreeDict writes it, in the fourth and fifth version. */
export function openTei(source: DictionarySource): OpenedDictionary {
  return {
    languages: languagesByName(source),
    entries: teiEntries(source),
    collect: { glosses: true, separators: /[;；,，]/ },
  };
}

/**
 * Headwords stand in `orth`, translations in `quote` of a `cit` of type trans, in the older version in `tr` of
 * `trans`. Examples are a `cit` too, with a translation of their own in it.
 */
function teiEntries({ text, file }: DictionarySource): Iterable<DictionaryEntry> {
  const found: DictionaryEntry[] = [];
  let [words, glosses]: [string[], string[]] = [[], []];
  const citations: boolean[] = [];
  return parseXml(text, file, found, {
    open: (name, { type }) => {
      if (name === 'cit') citations.push(type === 'trans' || type === 'translation');
    },
    close: (name, content) => {
      if (name === 'orth' && citations.length === 0) words.push(content);
      if (
        name === 'tr' ||
        (name === 'quote' && citations.length > 0 && citations.every((isTranslation) => isTranslation))
      )
        glosses.push(content);
      if (name === 'cit') citations.pop();
      if (name !== 'entry') return;
      if (glosses.length > 0) found.push({ words, glosses });
      [words, glosses] = [[], []];
    },
  });
}
