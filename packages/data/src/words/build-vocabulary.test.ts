import { InvalidOptionError } from '@xtm/contracts';
import { buildVocabulary, selectWords, type VocabularyOptions } from './build-vocabulary';

const DOCUMENTS = [['b', 'a', 'a', 'rare'], ['b', 'a', 'c'], ['b', 'c', 'd', 'd', 'd'], ['b', 'd']];

describe('buildVocabulary', () => {
  it.each<[VocabularyOptions, string[]]>([
    [{ minDocumentFrequency: 1, maxDocumentFrequency: 1 }, ['a', 'b', 'c', 'd', 'rare']],
    [{ minDocumentFrequency: 2, maxDocumentFrequency: 1 }, ['a', 'b', 'c', 'd']],
    [{ minDocumentFrequency: 2, maxDocumentFrequency: 0.5 }, ['a', 'c', 'd']],
    [{ minDocumentFrequency: 2, maxDocumentFrequency: 0.5, keepWords: ['b', 'rare'] }, ['a', 'b', 'c', 'd']],
    [{ minDocumentFrequency: 1, maxDocumentFrequency: 1, vocabularySize: 2 }, ['b', 'd']],
    [{ minDocumentFrequency: 1, maxDocumentFrequency: 0.5, vocabularySize: 2 }, ['a', 'd']],
  ])('under %j', (options, vocabulary) => {
    expect(buildVocabulary(DOCUMENTS, options)).toEqual(vocabulary);
  });

  it('tells which words were too common, not which were too rare', () => {
    const { tooCommon } = selectWords(DOCUMENTS, { minDocumentFrequency: 2, maxDocumentFrequency: 0.25, keepWords: ['c'] });
    expect(tooCommon).toEqual([{ word: 'b', documents: 4 }, { word: 'a', documents: 2 }, { word: 'd', documents: 2 }]);
  });

  it.each([{ minDocumentFrequency: 0 }, { maxDocumentFrequency: 1.5 }, { vocabularySize: -1 }, { size: 3 }])('refuses %j', (options) => {
    expect(() => buildVocabulary(DOCUMENTS, options as VocabularyOptions)).toThrow(InvalidOptionError);
  });
});
