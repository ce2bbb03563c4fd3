import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import encodings from '../testing/tokenizer/encodings.json';
import tokenizerJson from '../testing/tokenizer/tokenizer.json';
import { TextTokenizer } from './text-tokenizer';

describe('TextTokenizer', () => {
  const tokenizer = TextTokenizer.parse(tokenizerJson);

  it.each(encodings.map(({ text, ids }) => [JSON.stringify(text).slice(0, 60), text, ids] as const))('splits %s as SentencePiece does', (_name, text, ids) => {
    expect([...tokenizer.opening, ...tokenizer.encode(text), ...tokenizer.closing]).toEqual(ids);
  });
});
