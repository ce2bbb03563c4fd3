import { topicUniqueness } from './diversity';
import { readGoldenCase } from './testing/golden-case';

interface UniquenessCase {
  readonly inputs: { topics: string[][] };
  readonly outputs: { tu: number };
}

it('metric-tu', () => {
  const { inputs, outputs } = readGoldenCase<UniquenessCase>('metric-tu');
  expect(topicUniqueness(inputs.topics)).toBeCloseTo(outputs.tu, 10);
});
