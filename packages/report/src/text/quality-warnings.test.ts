import type { TopicEvaluation } from '@xtm/metrics';
import { formatQualityWarnings, summariseWarnings } from './quality-warnings';

const WARNINGS: TopicEvaluation['warnings'] = [
  { kind: 'fewEffectiveTopics', language: 'en', value: 1.2, limit: 8, message: 'In en the documents use 1.2 effective topics of 16, fewer than half.' },
  { kind: 'largeMainTopic', language: 'en', value: 0.84, limit: 0.5, message: 'In en 84 % of the documents have the same main topic.' },
];

it('warns, with what may help', () => {
  const lines = formatQualityWarnings({ warnings: WARNINGS });
  expect(lines.filter((line) => line.startsWith('warning: '))).toEqual(WARNINGS.map(({ message }) => `warning: ${message}`));
  for (const advice of ['`numTopics`', 'batchNormalisation', '`dictionary`', 'docs/own-texts.md']) expect(lines.join('\n')).toContain(advice);
});

it('says nothing of a model that there is nothing to say of', () => {
  expect(formatQualityWarnings({ warnings: [] })).toEqual([]);
  expect(summariseWarnings('good', [{ warnings: [] }])).toEqual([]);
});

it('sums up the runs of a method', () => {
  expect(summariseWarnings('xtra', [{ warnings: WARNINGS }, { warnings: [] }])).toEqual(['xtra (1 of 2 runs): topics say little about the documents (few effective topics, a main topic of most documents)']);
});
