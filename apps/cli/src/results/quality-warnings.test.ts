import { PassThrough } from 'node:stream';
import type { TopicEvaluation } from '@xtm/metrics';
import { noteQualityWarnings, summariseWarnings } from './quality-warnings';

const WARNINGS: TopicEvaluation['warnings'] = [
  { kind: 'fewEffectiveTopics', language: 'en', value: 1.2, limit: 8, message: 'In en the documents use 1.2 effective topics of 16, fewer than half.' },
  { kind: 'largeMainTopic', language: 'en', value: 0.84, limit: 0.5, message: 'In en 84 % of the documents have the same main topic.' },
];

function noted(warnings: TopicEvaluation['warnings']): { readonly out: string; readonly log: string } {
  const [out, log] = [new PassThrough(), new PassThrough()];
  noteQualityWarnings({ warnings }, { out, log, environment: {}, signal: new AbortController().signal });
  return { out: String(out.read() ?? ''), log: String(log.read() ?? '') };
}

it('warns beside the results, with what may help', () => {
  const { out, log } = noted(WARNINGS);
  expect(out).toBe('');
  expect(log.split('\n').filter((line) => line.startsWith('warning: '))).toEqual(WARNINGS.map(({ message }) => `warning: ${message}`));
  for (const advice of ['--num-topics', 'batchNormalisation', '--dictionary', 'docs/own-texts.md']) expect(log).toContain(advice);
});

it('says nothing of a model that there is nothing to say of', () => {
  expect(noted([])).toEqual({ out: '', log: '' });
  expect(summariseWarnings('good', [{ warnings: [] }])).toEqual([]);
});

it('sums up the runs of a method', () => {
  expect(summariseWarnings('xtra', [{ warnings: WARNINGS }, { warnings: [] }])).toEqual(['xtra (1 of 2 runs): topics say little about the documents (few effective topics, a main topic of most documents)']);
});
