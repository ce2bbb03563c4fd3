import type { Corpus, CorpusLanguage } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/numeric';
import { dictionaryCoverage } from './dataset';

function languageOf(code: string, vocabulary: readonly string[], ...documents: [number, number][][]): CorpusLanguage {
  return {
    language: { code, suffix: code },
    vocabulary,
    train: {
      rows: sparseRowsFromMaps(
        documents.map((row) => new Map(row)),
        vocabulary.length,
      ),
    },
  };
}

const LANGUAGES = [
  languageOf('en', ['cat', 'dog', 'the', 'rare'], [[0, 3], [2, 4]], [[1, 2], [3, 1]]),
  languageOf('de', ['hund', 'katze'], [[0, 1]], []),
  languageOf('fr', ['chat'], []),
];
const NOTHING = { words: 0, vocabularyShare: 0, runningShare: 0 };

describe('dictionaryCoverage', () => {
  it('counts each word with a partner once, among the words and among the running words', () => {
    const dictionary = { languages: [0, 1], first: Int32Array.of(0, 0, 1), second: Int32Array.of(0, 1, 0) } as const;
    const corpus: Corpus = { name: 'pets', languages: LANGUAGES, dictionary };
    expect(dictionaryCoverage(corpus)).toEqual([
      { words: 2, vocabularyShare: 0.5, runningShare: 0.5 },
      { words: 2, vocabularyShare: 1, runningShare: 1 },
      NOTHING,
    ]);
  });

  it('is nothing without a dictionary', () => {
    expect(dictionaryCoverage({ name: 'pets', languages: LANGUAGES })).toEqual([NOTHING, NOTHING, NOTHING]);
  });
});
