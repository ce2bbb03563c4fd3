import { highlightWords, rankWords, searchWords } from './words';

const table = {
  words: ['rain', 'snow', 'the', '雨'],
  probabilities: [0.01, 0.002, 0.2, 0.01],
  searchable: 4,
  topics: [1, 0, 1, 0, 0, 1, 1, 0],
  shares: [90, 10, 80, 20, 50, 50, 70, 30],
  topicsPerWord: 2,
};

describe('rankWords', () => {
  // "the" is everywhere, "rain" frequent here, "snow" rare, but nowhere else.
  const words = { words: [0, 2, 1], probabilities: [0.05, 0.2, 0.001], means: [0.02, 0.19, 0.0003] };

  it.each([
    [-1, ['the', 'rain', 'snow']],
    [0, ['rain', 'the', 'snow']],
    [0.6, ['rain', 'snow', 'the']],
    [1, ['snow', 'rain', 'the']],
    [null, ['rain', 'the', 'snow']],
  ])(
    'at %d orders by frequency, characteristic or exclusive words, and as the run does without a setting',
    (emphasis, expected) => {
      expect(rankWords(words, table, emphasis, 3).map(({ word }) => word)).toEqual(expected);
    },
  );

  it.each([-1, -0.4, 0, 0.4, 1])('keeps words without probability last at %d', (emphasis) => {
    const ranked = rankWords({ words: [1, 0], probabilities: [0, 0.1], means: [0.2, 0.05] }, table, emphasis, 2);
    expect(ranked.map(({ word }) => word)).toEqual(['rain', 'snow']);
  });
});

describe('highlightWords', () => {
  const marked = (text: string, words: readonly string[], code: string) =>
    highlightWords(text, words, code).flatMap(({ text: piece, isMarked }) => (isMarked ? [piece] : []));

  it('marks whole words whatever their case', () => {
    expect(marked('Rain, rainy days. RAIN!', ['rain'], 'en')).toEqual(['Rain', 'RAIN']);
    expect(marked('图书馆里的书', ['书'], 'zh')).toEqual(['书']);
    expect(marked('下载速度很快', ['下载', '下载速度'], 'zh')).toEqual(['下载速度']);
  });

  it('loses nothing of the text, and takes words as they are', () => {
    const text = 'a <img src=x onerror=alert(1)> c++ (b) .*';
    const pieces = highlightWords(text, ['.*', 'c++', '<img', '', 'b'], 'en');
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.some(({ text: piece, isMarked }) => isMarked && piece === 'b')).toBe(true);
  });
});

describe('searchWords', () => {
  it('finds words of any language with their topics, those that begin with the query first', () => {
    expect(searchWords([table], 'r', 5).map(({ word }) => word)).toEqual(['rain']);
    expect(searchWords([{ ...table, words: ['than', 'hand', 'ha', '雨'] }], 'ha', 5).map(({ word }) => word)).toEqual([
      'ha',
      'hand',
      'than',
    ]);
    expect(searchWords([table], ' 雨 ', 5)).toEqual([
      {
        language: 0,
        word: '雨',
        topics: [
          { topic: 1, percent: 70 },
          { topic: 0, percent: 30 },
        ],
      },
    ]);
    expect(searchWords([table], 'ＲＡＩＮ', 5)).toHaveLength(1);
    expect(searchWords([table], '  ', 5)).toEqual([]);
  });
});
