import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, EmptyCorpusError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { readDictionary, readDocuments, readStopWords, readVocabulary, type DocumentColumns } from '@xtm/data';
import type { BadCase, BadInputs } from './bad-case';

type Expected = Omit<BadCase, 'input' | 'read'>;

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

function vocabulary(input: string, content: string | Uint8Array, says: string, line: number): BadCase {
  return {
    input,
    read: async (folder) => readVocabulary(await folder.write('vocab_en', content)),
    error: DataFormatError,
    says,
    file: 'vocab_en',
    line,
  };
}

export const texts: BadInputs = {
  reader: 'text',
  cases: [
    vocabulary('bytes that are not UTF-8', Buffer.from([0x61, 0x0a, 0xe9, 0x0a]), 'not valid UTF-8', 2),
    vocabulary('a character cut in two', Buffer.from([0x61, 0x0a, 0x62, 0x0a, 0xe7, 0x8c]), 'not valid UTF-8', 3),
    vocabulary(
      'UTF-16 with half a character',
      Buffer.concat([utf16('\ufeffcat\ndo'), Buffer.from([0x67])]),
      'not valid UTF-16',
      2,
    ),
    vocabulary(
      'UTF-16 with half a pair',
      Buffer.concat([utf16('\ufeffcat\n'), Buffer.from([0x00, 0xd8]), utf16('\ndog')]),
      'not valid UTF-16',
      2,
    ),
    vocabulary('UTF-16 without byte order mark', utf16('cat\ndog\n'), 'null character', 1),
    vocabulary('UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'null character', 1),
    vocabulary('no text at all', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x0a, 0x00]), 'null character', 2),
    vocabulary('line ends of classic Mac OS', 'cat\rdog\r', 'carriage returns alone', 1),
    vocabulary('an empty word', 'cat\n\ndog\n', 'the word is empty', 2),
    vocabulary('a word twice', 'cat\r\ndog\r\ncat\r\n', 'already on line 1', 3),
    {
      input: 'no words',
      read: async (folder) => readVocabulary(await folder.write('vocab_en', '\ufeff')),
      error: EmptyCorpusError,
      says: 'vocab_en: the vocabulary has no words',
    },
    {
      input: 'no file',
      read: ({ path }) => readVocabulary(join(path, 'vocab_en')),
      error: MissingFileError,
      says: 'not found',
      file: 'vocab_en',
    },
    {
      input: 'a folder for a file',
      read: ({ path }) => readStopWords(path),
      error: MissingFileError,
      says: 'is a folder',
    },
  ],
};

function dictionary(input: string, content: string | Uint8Array, expected: Expected): BadCase {
  return {
    input,
    read: async (folder) =>
      readDictionary(await folder.write('dictionary.txt', content), [
        ['cat', 'dog'],
        ['猫', '狗'],
      ]),
    ...expected,
  };
}

export const dictionaries: BadInputs = {
  reader: 'dictionary',
  cases: [
    dictionary('nothing', '', { error: EmptyCorpusError, says: 'none of its 0 lines' }),
    dictionary('words that no document has', '鸟 bird\n', { error: EmptyCorpusError, says: 'none of its 1 lines' }),
    dictionary('another encoding', Buffer.from([0x63, 0x61, 0x74, 0x20, 0xc3, 0xa8, 0x0a, 0xd6, 0xd0, 0x20, 0x61]), {
      error: DataFormatError,
      says: 'not valid UTF-8',
      file: 'dictionary.txt',
      line: 2,
    }),
  ],
};

function table(
  name: string,
  input: string,
  content: string | Uint8Array,
  says: string,
  place: { line?: number; field?: string },
  columns: DocumentColumns = {},
): BadCase {
  return {
    input,
    read: async (folder) => readDocuments({ path: await folder.write(name, content), columns }),
    error: DataFormatError,
    says,
    file: name,
    ...place,
  };
}

export const documents: BadInputs = {
  reader: 'documents',
  cases: [
    table('a.csv', 'a quotation mark in the middle of a field', 'text,label\nA 12" disc,1\n', 'broken record', {
      line: 2,
    }),
    table(
      'a.csv',
      'a quotation mark that is never closed',
      'text,label\nfine,1\n"open,2\nand on,3\n',
      'broken record',
      { line: 4 },
    ),
    table('a.csv', 'text after a closing quotation mark', 'text,label\n"good" bad,1\n', 'broken record', { line: 2 }),
    table('a.csv', 'a field too many', 'text,label\na,1\nb,2,3\n', 'broken record', { line: 3 }),
    table('a.csv', 'a field too few', 'text,label\na,1\nb\n', 'broken record', { line: 3 }),
    table('a.csv', 'no text column', 'body\na\n', 'there are body', { line: 2, field: 'text' }),
    table(
      'a.csv',
      'no such label column',
      'text\na\n',
      'no such column',
      { line: 2, field: 'stars' },
      { label: 'stars' },
    ),
    table('a.csv', 'another split', 'text,split\na,later\n', 'may be train, validation or test', {
      line: 2,
      field: 'split',
    }),
    table(
      'a.csv',
      'bytes that are not UTF-8',
      Buffer.from([...Buffer.from('text\nfine\n'), 0xff]),
      'not valid UTF-8',
      { line: 3 },
    ),
    table('a.tsv', 'a field too many between tabs', 'text\tlabel\na\t1\t2\n', 'broken record', { line: 2 }),
    table('a.jsonl', 'a line that breaks off', '{"text":"a"}\n{"text":\n', 'not valid JSON', { line: 2 }),
    table('a.jsonl', 'two objects on a line', '{"text":"a"}{"text":"b"}\n', 'not valid JSON', { line: 1 }),
    table('a.jsonl', 'a list for a document', '{"text":"a"}\n["a"]\n', 'expected an object', { line: 2 }),
    table('a.jsonl', 'a number for a text', '{"text":3}\n', 'expected a text', { line: 1, field: 'text' }),
    table(
      'a.jsonl',
      'metadata nested without end',
      `{"text":"a","deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`,
      'nested too deeply',
      { line: 1, field: 'deep' },
    ),
    table('a.jsonl', 'no text', '{"body":"a"}\n', 'there are body', { line: 1, field: 'text' }),
    table('a.parquet', 'a text named as Parquet', 'text,label\n', 'not a Parquet file', {}),
    table('a.parquet', 'nothing', '', 'not a Parquet file', {}),
    {
      input: 'an unknown kind of file',
      read: async (folder) => readDocuments({ path: await folder.write('a.docx', 'x') }),
      error: InvalidOptionError,
      says: 'cannot tell the format',
    },
    {
      input: 'a folder for a table',
      read: async ({ path }) => readDocuments({ path, format: 'csv' }),
      error: MissingFileError,
      says: 'is a folder',
    },
    {
      input: 'a folder with a document that is no text',
      read: async (folder) => {
        await mkdir(join(folder.path, 'news'));
        await folder.write('news/a.txt', Buffer.from([0xff, 0x61]));
        return readDocuments({ path: folder.path });
      },
      error: DataFormatError,
      says: 'not valid UTF-8',
      file: 'a.txt',
      line: 1,
    },
  ],
};
