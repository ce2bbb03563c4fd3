import { SeededGenerator } from '@xtm/numeric';
import { sampleWords } from './sample-words';

const scored = { words: Int32Array.of(7, 3, 9, 1), scores: Float64Array.of(0.5, 2, -1, 1) };

describe('sampleWords', () => {
  it('takes the best words in their order at temperature 0', () => {
    expect([...sampleWords(scored, 3, 0, new SeededGenerator(1))]).toEqual([3, 1, 7]);
  });

  it('takes each word once and no more than there are', () => {
    expect([...sampleWords(scored, 9, 5, new SeededGenerator(1))].sort()).toEqual([1, 3, 7, 9]);
  });

  it('draws first words in proportion to exp(score / temperature)', () => {
    const generator = new SeededGenerator(2);
    const temperature = 0.8;
    const draws = 20_000;
    const counts = new Map<number, number>();
    for (let draw = 0; draw < draws; draw++) {
      const [first] = sampleWords(scored, 1, temperature, generator);
      counts.set(first!, (counts.get(first!) ?? 0) + 1);
    }
    const weights = [...scored.scores].map((score) => Math.exp(score / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    scored.words.forEach((word, position) => expect((counts.get(word) ?? 0) / draws).toBeCloseTo(weights[position]! / total, 1.7));
  });
});
