import { temporaryFolder } from '../testing';
import { readStopWords, standardStopWords } from './stop-words';

describe('stop words', () => {
  it('are there for many languages, by any form of their code', () => {
    expect(standardStopWords('en-GB')).toContain('the');
    expect(standardStopWords('zh-Hans')).toEqual(standardStopWords('cn'));
    expect(standardStopWords('zh-Hans')).toContain('的');
    expect(standardStopWords('ja')).toContain('これ');
    expect(standardStopWords('tlh')).toEqual([]);
  });

  it('are read from a file without comments and empty lines', async () => {
    const folder = await temporaryFolder();
    const file = await folder.write('stop.txt', '# mine\n\nalso \nvery\n');
    expect(await readStopWords(file)).toEqual(['also', 'very']);
    await folder.remove();
  });
});
