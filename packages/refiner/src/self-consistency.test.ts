import { SeededGenerator } from '@xtm/numeric';
import { measureSelfConsistency } from './testing';

/** Numbers of topics and words are small to be quick; figures of the full size stand in the documentation. */
const SETTINGS = { rounds: [1, 3, 5, 7], hallucinationRate: 0.3, numTopics: 50, vocabularySize: 2_000 } as const;

describe('self-consistency', () => {
  it('keeps made-up words out, the better the more rounds there are, and those that come back less well', async () => {
    const fresh = await measureSelfConsistency({ ...SETTINGS, repeated: 0, generator: new SeededGenerator(1) });
    const repeated = await measureSelfConsistency({ ...SETTINGS, repeated: 0.5, generator: new SeededGenerator(1) });
    const [one, three, five, seven] = fresh.map(({ hallucinated }) => hallucinated);
    expect(Math.abs(one! - 0.3)).toBeLessThan(0.04);
    expect(three).toBeLessThan(0.21);
    expect(five).toBeLessThan(0.05);
    expect(seven).toBeLessThan(0.02);
    expect(repeated[2]!.hallucinated).toBeGreaterThan(2 * five!);
    expect(repeated[2]!.hallucinated).toBeLessThan(repeated[0]!.hallucinated);
  });
});
