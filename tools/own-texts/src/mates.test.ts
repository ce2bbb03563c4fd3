import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { readMates, reciprocalRanks } from './mates';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-mates-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, ...records: readonly object[]): string {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

describe('readMates', () => {
  it('joins texts of one id, and keeps what both languages have, in the same order', async () => {
    const english = write('en.jsonl', { id: 'b', text: 'two' }, { id: 'a', text: 'one' }, { id: 'b', text: 'more' }, { id: 'c', text: 'alone' });
    const german = write('de.jsonl', { id: 'a', text: 'eins' }, { id: 'b', text: 'zwei' });
    expect(await readMates([english, german])).toEqual({ ids: ['a', 'b'], texts: [['one', 'two more'], ['eins', 'zwei']] });
  });

  it('refuses documents without an id', async () => {
    await expect(readMates([write('none.jsonl', { text: 'x' })])).rejects.toThrow(InvalidOptionError);
  });
});

describe('reciprocalRanks', () => {
  const matrix = (...rows: number[][]) => ({ rows: rows.length, columns: rows[0]!.length, data: Float32Array.from(rows.flat()) });

  it('is 1 where every mate is nearest, with either language asking', () => {
    const documents = matrix([0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]);
    expect(reciprocalRanks(documents, documents)).toEqual([1, 1]);
  });

  it('tells which language asks', () => {
    const [first, second] = reciprocalRanks(matrix([1, 0], [0.9, 0.1]), matrix([1, 0], [0, 1]));
    expect(first).toBe(0.75);
    expect(second).toBe(1);
  });
});
