import { SeededGenerator } from '@xtm/numeric';
import { precisionAt, splitDictionary } from './word-translation';

const dictionary = { languages: [0, 1] as const, first: Int32Array.of(0, 0, 1, 2, 3, 4), second: Int32Array.of(0, 5, 1, 2, 3, 4) };

describe('splitDictionary', () => {
  it('holds out all pairs of the words drawn, the same with the same seed', () => {
    const { known, heldOut } = splitDictionary(dictionary, 0.4, new SeededGenerator(3));
    expect(new Set(heldOut.first).size).toBe(2);
    expect(known.first.length + heldOut.first.length).toBe(6);
    expect([...known.first].some((word) => heldOut.first.includes(word))).toBe(false);
    expect(splitDictionary(dictionary, 0.4, new SeededGenerator(3))).toEqual({ known, heldOut });
  });
});

describe('precisionAt', () => {
  const identity = { rows: 6, columns: 6, data: Float32Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0)) };

  it('counts words with any translation among the nearest', () => {
    expect(precisionAt(1, dictionary, identity, identity)).toBe(1);
    const shifted = { ...dictionary, second: dictionary.second.map((word) => (word + 1) % 6) };
    expect(precisionAt(1, shifted, identity, identity)).toBe(1 / 5);
  });
});
