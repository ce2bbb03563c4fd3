import { readDictionary } from '@xtm/data';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatWordList, reverseWordList, WordListBuilder } from './word-list';

describe('WordListBuilder', () => {
  it('keeps each pair once, as it came first', () => {
    const builder = new WordListBuilder(['en', 'de']);
    expect(builder.add({ first: 'house', second: 'haus', score: 2 })).toBe(true);
    expect(builder.add({ first: 'house', second: 'haus', score: 1 })).toBe(false);
    expect(builder.add({ first: 'house', second: 'heim' })).toBe(true);
    expect(builder.build()).toEqual({ languages: ['en', 'de'], translations: [{ first: 'house', second: 'haus', score: 2 }, { first: 'house', second: 'heim' }] });
  });
});

describe('reverseWordList', () => {
  it('exchanges languages and words and keeps scores', () => {
    const list = { languages: ['en', 'de'] as const, translations: [{ first: 'house', second: 'haus', score: 2 }, { first: 'tree', second: 'baum' }] };
    expect(reverseWordList(list)).toEqual({ languages: ['de', 'en'], translations: [{ first: 'haus', second: 'house', score: 2 }, { first: 'baum', second: 'tree' }] });
    expect(reverseWordList(reverseWordList(list))).toEqual(list);
  });
});

describe('formatWordList', () => {
  it('writes what the data package reads', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-word-list-'));
    const file = join(folder, 'dictionary.txt');
    await writeFile(file, formatWordList({ languages: ['en', 'de'], translations: [{ first: 'house', second: 'haus' }, { first: 'hand', second: 'hand' }, { first: 'tree', second: 'baum' }] }));
    const { pairs, report } = await readDictionary(file, [['house', 'tree', 'hand'], ['baum', 'haus', 'hand']]);
    await rm(folder, { recursive: true });
    expect(report).toMatchObject({ pairs: 3, malformed: 0, outside: 0 });
    expect([...pairs.first].map((first, i) => [first, pairs.second[i]])).toEqual([[0, 1], [1, 0], [2, 2]]);
  });
});
