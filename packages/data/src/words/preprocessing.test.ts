import { DataFormatError } from '@xtm/contracts';
import { temporaryFolder } from '../testing';
import { defaultPreprocessing, parsePreprocessing, readPreprocessing } from './preprocessing';

const PREPROCESSING = defaultPreprocessing([{ code: 'en', suffix: 'en' }]);

describe('preprocessing', () => {
  it('survives JSON', async () => {
    const folder = await temporaryFolder();
    const file = await folder.write('preprocessing.json', JSON.stringify(PREPROCESSING));
    expect(await readPreprocessing(file)).toEqual(PREPROCESSING);
    await folder.remove();
  });

  it.each([
    ['version', { ...PREPROCESSING, version: 2 }],
    ['languages.0.stem', { ...PREPROCESSING, languages: [{ ...PREPROCESSING.languages[0], stem: true }] }],
    ['languages.0.segmenter', { ...PREPROCESSING, languages: [{ ...PREPROCESSING.languages[0], segmenter: 'mecab' }] }],
  ])('names %s where it is wrong', (field, value) => {
    expect(() => parsePreprocessing(value, 'p.json')).toThrow(expect.objectContaining({ constructor: DataFormatError, place: { file: 'p.json', field } }));
  });
});
