import { likelyScript } from '../lists/scripts';
import { type DictionaryEntry, type DictionarySource, languagesFrom, type OpenedDictionary } from './dictionary-entry';

/** `傳統 传统 [chuan2 tong3] /tradition/traditional/`; the second version of the format doubles the brackets. */
const CEDICT_LINE = /^(\S+) (\S+) \[{1,2}[^\]]*\]{1,2} \/(.*)\/\s*$/;

/** `回帰 [かいき] /(n,vs) (1) return (to)/(P)/`; EDICT2 has several words and readings, parted by semicolons. */
const EDICT_LINE = /^(\S+) (?:\[([^\]]+)\] )?\/(.*)\/\s*$/;

/** A measure word, which is part of no meaning: `CL:個|个[ge4]`. */
const MEASURE_WORD = /^CL:/;

/** Number of the entry in EDICT2, and the mark of common words. */
const EDICT_MARKS = /^(EntL\w*|\(P\))$/;

const USUALLY_KANA = /\(uk\)/;

export function isCedictLine(line: string): boolean {
  return CEDICT_LINE.test(line);
}

export function isEdictLine(line: string): boolean {
  return EDICT_LINE.test(line);
}

/** CC-CEDICT: Chinese to English, in the way of writing that the language's code says. */
export function openCedict(source: DictionarySource): OpenedDictionary {
  const languages = languagesFrom(source, 'zh-Hans', 'en');
  const column = likelyScript(languages[0]) === 'Hant' ? 1 : 2;
  return { languages, entries: cedictEntries(source.text, column), collect: { glosses: true } };
}

function* cedictEntries(text: string, column: 1 | 2): Iterable<DictionaryEntry> {
  for (const line of linesOf(text)) {
    const fields = CEDICT_LINE.exec(line);
    if (fields !== null) yield { words: [fields[column]!], glosses: fields[3]!.split('/').filter((gloss) => !MEASURE_WORD.test(gloss)) };
  }
}

/** EDICT and EDICT2: Japanese to English. */
export function openEdict(source: DictionarySource): OpenedDictionary {
  return { languages: languagesFrom(source, 'ja', 'en'), entries: edictEntries(source.text, source.readings), collect: { glosses: true } };
}

function* edictEntries(text: string, withReadings: boolean): Iterable<DictionaryEntry> {
  for (const line of linesOf(text)) {
    const fields = EDICT_LINE.exec(line);
    // The first line is a title, whose word is of question marks.
    if (fields === null || /^[\s?？]+$/.test(fields[1]!)) continue;
    const glosses = fields[3]!.split('/').filter((gloss) => !EDICT_MARKS.test(gloss));
    const readings = fields[2] !== undefined && (withReadings || USUALLY_KANA.test(fields[3]!)) ? fields[2].split(';') : [];
    yield { words: [...fields[1]!.split(';'), ...readings], glosses };
  }
}

/** One by one: these files have hundreds of thousands. */
function* linesOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    if (line !== '' && !line.startsWith('#')) yield line;
    start = end + 1;
  }
}
