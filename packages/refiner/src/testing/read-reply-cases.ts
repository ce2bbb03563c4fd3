import type { Language } from '@xtm/contracts';

/** A reply of a language model and what is to be read out of it. */
export interface ReplyCase {
  readonly name: string;
  readonly languages: readonly Language[];
  readonly topics: readonly number[];
  readonly truncated: boolean;
  readonly reply: string;
  readonly expected: readonly ExpectedTopic[];
}

export interface ExpectedTopic {
  readonly index: number;
  readonly theme: string | undefined;
  readonly words: readonly (readonly string[])[];
  readonly dropped: number;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  en: { code: 'en', suffix: 'en' },
  cn: { code: 'zh-Hans', suffix: 'cn' },
  ja: { code: 'ja', suffix: 'ja' },
  de: { code: 'de', suffix: 'de' },
  vi: { code: 'vi', suffix: 'vi' },
};

/**
 * Reads cases written as `@case NAME`, optional `@languages en ja`, `@topics 0 1` and `@truncated`, then `@reply` with
 * the reply as it came, then `@expect` with a line per topic: `index | theme | words | words | dropped`. Languages are
 * English and Chinese and the topic asked about is 0 unless said otherwise.
 */
export function readReplyCases(content: string): ReplyCase[] {
  return content.split(/^@case /m).slice(1).map(readCase);
}

function readCase(text: string): ReplyCase {
  const [head = '', rest = ''] = text.split(/^@reply\n/m);
  const [reply = '', expectation = ''] = rest.split(/\n@expect\n/);
  const setting = (name: string): string[] | undefined =>
    new RegExp(`^@${name}(.*)$`, 'm').exec(head)?.[1]!.trim().split(' ');
  return {
    name: head.split('\n')[0]!,
    languages: (setting('languages') ?? ['en', 'cn']).map((suffix) => LANGUAGES[suffix]!),
    topics: (setting('topics') ?? ['0']).map(Number),
    truncated: setting('truncated') !== undefined,
    reply: reply
      .replaceAll('\\t', '\t')
      .replaceAll('\\r', '\r')
      .replace(/\\u([0-9A-F]{4})/g, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    expected: expectation
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(readExpectation),
  };
}

function readExpectation(line: string): ExpectedTopic {
  const [index = '', theme = '', ...cells] = line.split('|').map((cell) => cell.trim());
  return {
    index: Number(index),
    theme: theme === '' ? undefined : theme,
    words: cells.slice(0, -1).map((cell) => cell.split(' ').filter((word) => word !== '')),
    dropped: Number(cells.at(-1)),
  };
}
