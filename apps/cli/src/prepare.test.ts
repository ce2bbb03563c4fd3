import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './testing/run-command';

const ENGLISH = ['the room is good', 'a room with a view', 'room and bed', 'the bed in the room'];
const GERMAN = ['das zimmer ist gut', 'ein zimmer mit aussicht', 'zimmer und bett', 'das bett im zimmer'];

let folder: string;
let flags: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-prepare-'));
  writeFileSync(join(folder, 'en.txt'), ENGLISH.join('\n'));
  writeFileSync(join(folder, 'de.txt'), GERMAN.join('\n'));
  writeFileSync(join(folder, 'pairs.txt'), 'zimmer room\nbett bed\naussicht view\n');
  flags = ['--documents', `en=${join(folder, 'en.txt')}`, '--documents', `de=${join(folder, 'de.txt')}`, '--min-document-frequency', '1', '--test-fraction', '0', '--replace', '--out', join(folder, 'data')];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const prepare = (...more: string[]) => runCommand('prepare', ...flags, ...more);
const vocabulary = () => readFileSync(join(folder, 'data', 'vocab_en'), 'utf8').trim().split('\n');

describe('xtm prepare', () => {
  it('tells which words were too common, and takes them back', async () => {
    const { code, out } = await prepare('--max-document-frequency', '0.6');
    expect(code).toBe(0);
    expect(out).toContain('Dropped in en, being in more than 60% of documents: room (4 of 4).');
    await prepare('--max-document-frequency', '0.6', '--keep-words', 'Room, zimmer');
    expect(vocabulary()).toContain('room');
    expect(JSON.parse((await prepare('--max-document-frequency', '0.6', '--json')).out)).toMatchObject({
      languages: [{ tooCommon: { maxDocumentFrequency: 0.6, count: 1, words: [{ word: 'room', documents: 4 }] } }, {}],
    });
  });

  it.each<[readonly string[], readonly string[]]>([
    [[], ['bed', 'good', 'room', 'view']],
    [['--stop-words', 'broad'], ['bed', 'view']],
    [['--stop-words', 'none'], ['and', 'bed', 'good', 'in', 'is', 'room', 'the', 'view', 'with']],
    [['--no-stop-words'], ['and', 'bed', 'good', 'in', 'is', 'room', 'the', 'view', 'with']],
  ])('drops stop words by %j', async (more, words) => {
    expect(await prepare(...more, '--max-document-frequency', '1')).toMatchObject({ code: 0 });
    expect(vocabulary()).toEqual(words);
  });

  it('refuses another list', async () => {
    expect(await prepare('--stop-words', 'all')).toMatchObject({ code: 2, log: expect.stringContaining('moderate, broad, none') });
  });

  it('says how far the dictionary reaches', async () => {
    const { out, log } = await prepare('--max-document-frequency', '1', '--dictionary', join(folder, 'pairs.txt'));
    expect(out).toContain('Dictionary pairs: 3\nThey reach:       en 75% of words, 88% of running words; de 75% of words, 88% of running words\n');
    expect(log).not.toContain('warning');
  });

  it('warns where a dictionary has the other order', async () => {
    writeFileSync(join(folder, 'turned.txt'), 'room zimmer\nbed bett\n');
    const { out, log } = await prepare('--max-document-frequency', '1', '--dictionary', join(folder, 'turned.txt'));
    expect(out).toContain('Dictionary pairs: 2');
    expect(log).toContain("its lines have the first language's word first");
  });

  it('says what a thin dictionary or none means', async () => {
    writeFileSync(join(folder, 'thin.txt'), 'aussicht view\n');
    const { log } = await prepare('--max-document-frequency', '1', '--dictionary', join(folder, 'thin.txt'));
    expect(log).toMatch(/reaches only 13% of the running words in en and 13% of the running words in de: .*nmtm, infoctm.*docs\/dictionaries\.md/);
    expect((await prepare()).log).toContain('there is no dictionary: models that link languages by words');
  });
});
