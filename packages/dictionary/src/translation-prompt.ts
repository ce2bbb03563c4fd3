import { z } from 'zod';
import type { ChatMessage } from '@xtm/contracts';
import { wordNormaliser } from '@xtm/data';
import { languageName, scriptTest } from './lists/languages';

const objectSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What one reply is asked for. */
export interface TranslationQuestion {
  /** BCP-47 codes: translated from, translated into. */
  readonly from: string;
  readonly into: string;
  readonly words: readonly string[];
  /** Translations per word at most. */
  readonly most: number;
  /** Lines, which any model can write, or JSON, to which endpoints that take a schema bind the reply. */
  readonly form: 'lines' | 'json';
  /** One line on what the documents are. */
  readonly description?: string;
}

/** Stands for a word that the model does not know. */
const UNKNOWN = '?';

/** Numbers, bullets and quotation marks that models put before or around what they were asked for. */
const LINE_START = /^\s*(?:[-*•]\s+|\d+\s*[.):]\s*)?/;
const BETWEEN = /\s*(?:=>|->|→|⇒|=|:|：|\t|\s[-–—]\s)\s*/;
const QUOTES = /["“”„«»`[\]*]|(?<!\p{L})'|'(?!\p{L})/gu;
const SEPARATORS = /[;；,，、/|]/;
const PARENTHESES = /[(（][^)）]*[)）]/g;

/** Asks for the translations of some words. */
export function translationMessages({
  from,
  into,
  words,
  most,
  form,
  description,
}: TranslationQuestion): ChatMessage[] {
  const [source, target] = [languageName(from), languageName(into)];
  const subject = description === undefined ? '' : ` The words are from these texts: ${description}.`;
  const content = [
    `Translate each ${source} word below into ${target}.${subject}`,
    ...(form === 'lines'
      ? [
          `Answer with one line per word: the word, " = ", and up to ${most} translations, the most usual first, ` +
            'parted by semicolons.',
        ]
      : [
          `Answer with one JSON object: every word with an array of up to ${most} translations, the most usual first.`,
        ]),
    `Each translation is a single ${target} word in the form in which it stands in texts, without explanation.`,
    `Where you do not know the word, or it is no ${source} word, answer ` +
      `${form === 'lines' ? `"word = ${UNKNOWN}"` : 'with an empty array'}. Write nothing else.`,
    '',
    ...words,
  ].join('\n');
  return [{ role: 'user', content }];
}

/** The JSON schema of a reply: strict, so that every word has its array and nothing else is there. */
export function replySchema({ words }: TranslationQuestion): Readonly<Record<string, unknown>> {
  const list = { type: 'array', items: { type: 'string' } };
  return {
    type: 'object',
    properties: Object.fromEntries(words.map((word) => [word, list])),
    required: [...words],
    additionalProperties: false,
  };
}

/** What became of one question. */
interface ReadTranslations {
  /**
   * Translations of each word that the reply has a line for, surest first; none for a word that the model does not
   * know.
   */
  readonly translations: ReadonlyMap<string, readonly string[]>;
  /** Translations left out: of several words, or in a script that their language is not written in. */
  readonly unusable: number;
}

/**
 * Reads a reply, whichever form was asked for: a JSON object, or lines, numbered or not, quoted or not, with `=`, a
 * colon, an arrow, a dash or a tab between word and translations.
 */
export function readTranslations(
  reply: string,
  { from, into, words, most }: Omit<TranslationQuestion, 'form'>,
): ReadTranslations {
  const normalise = { source: wordNormaliser(from), target: wordNormaliser(into) };
  const isWritten = scriptTest(into);
  const asked = new Map(words.map((word) => [normalise.source(word), word]));
  const translations = new Map<string, readonly string[]>();
  let unusable = 0;
  for (const [left, right] of readObject(reply) ?? readLines(reply)) {
    const word = asked.get(normalise.source(left));
    if (word === undefined || translations.has(word)) continue;
    const given = right
      .replace(PARENTHESES, '')
      .split(SEPARATORS)
      .map(normalise.target)
      .filter((translation) => translation !== '');
    const usable = [...new Set(given.filter((translation) => !/\s/.test(translation) && isWritten(translation)))];
    unusable += new Set(given).size - usable.length;
    translations.set(word, usable.slice(0, most));
  }
  return { translations, unusable };
}

function readLines(reply: string): [word: string, translations: string][] {
  return reply.split('\n').flatMap((line): [string, string][] => {
    const [left = '', ...rest] = line.replace(LINE_START, '').replace(QUOTES, '').split(BETWEEN);
    return rest.length === 0 ? [] : [[left, rest.join(' ')]];
  });
}

/** The entries of a JSON object of strings and arrays of strings; undefined for anything else. */
function readObject(reply: string): [word: string, translations: string][] | undefined {
  const parsed = objectSchema.safeParse(parseJson(reply.slice(reply.indexOf('{'), reply.lastIndexOf('}') + 1)));
  return parsed.data && Object.entries(parsed.data).map(([word, given]) => [word, [given].flat().join(';')]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
