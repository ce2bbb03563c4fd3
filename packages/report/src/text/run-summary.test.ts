import stringWidth from 'string-width';
import type { TopicEvaluation } from '@xtm/metrics';
import { formatAllShares, formatBestAndWorst } from './run-summary';
import { formatSpread, type TabledTopics } from './topics-table';

const ENGLISH = ['forecast', 'rain', 'storm', 'rainfall', 'floods', 'clouds', 'villages', 'drought', 'temperatures', 'wind'];
const CHINESE = ['暴雨', '预报', '台风', '干旱', '云', '村里', '雨量', '洪水', '降雨', '风'];

/** Topic k has k of all parts of the documents. */
function withShares(count: number): TabledTopics {
  const parts = Array.from({ length: count }, (_, topic) => (2 * topic) / (count * (count - 1)));
  return { ...described(count), shares: { means: [parts, parts], mainTopics: [parts, parts], isLevelled: false } };
}

function described(count: number): TabledTopics {
  const weighted = (words: readonly string[], from: number) => words.map((_, i) => ({ word: words[(i + from) % words.length]!, weight: 0.1, probability: 0.05 }));
  return {
    languages: [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'zh' }],
    topics: Array.from({ length: count }, (_, index) => ({ index, members: [index], words: { en: weighted(ENGLISH, index), zh: weighted(CHINESE, index) }, ...(index === 0 && { name: '天气 weather' }) })),
    hidden: [],
  };
}

function evaluation(measures: Partial<TopicEvaluation['measures']>): TopicEvaluation {
  return { languages: ['en', 'zh-Hans'], numTopics: 12, topWords: 10, measures, omitted: [], warnings: [] };
}

/** Held-out NPMI of topic k is k/100 in one language and unknown in the other. */
const npmi = evaluation({ npmi: { perLanguage: [0, 0], mean: 0, perTopic: [Array.from({ length: 12 }, (_, topic) => topic / 100), new Array<number>(12).fill(Number.NaN)] } });

describe('formatBestAndWorst', () => {
  it.each([80, 200])('keeps Chinese words aligned within %i columns', (width) => {
    const lines = formatBestAndWorst(described(12), npmi, { width: width }).split('\n');
    const rows = lines.filter((line) => /\d\.\d{3} {2}/.test(line));
    expect(rows).toHaveLength(10);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    for (const half of [rows.slice(0, 5), rows.slice(5)]) {
      const starts = half.map((line) => stringWidth(line.slice(0, line.lastIndexOf('  ') + 2)));
      expect(new Set(starts).size).toBe(1);
    }
  });

  it('shows the best first and the worst last, by held-out NPMI', () => {
    const text = formatBestAndWorst(described(12), npmi, { width: 200 });
    expect(text).toContain('The 5 best topics of 12, by held-out NPMI');
    const order = text.split('\n').flatMap((line) => /^ *(\d+)(?: \S+ weather)? +(\d\.\d{3})/.exec(line)?.[1] ?? []);
    expect(order).toEqual(['11', '10', '9', '8', '7', '4', '3', '2', '1', '0']);
  });

  it('shows few topics once, and all of them unranked where no figure is at hand', () => {
    expect(formatBestAndWorst(described(6), npmi, { width: 100 })).toMatch(/^Topics, by held-out NPMI\n/);
    const unranked = formatBestAndWorst(described(12), evaluation({}), { width: 100 });
    expect(unranked.split('\n')).toHaveLength(13);
  });

  it('falls back on agreement with the dictionary', () => {
    const agreement = evaluation({ dictionaryAgreement: [{ languages: ['en', 'zh-Hans'], perTopic: [0.1, 0.3, 0.2], mean: 0.2, coverage: 1 }] });
    const lines = formatBestAndWorst(described(3), agreement, { width: 100 }).split('\n');
    expect(lines[0]).toBe('Topics, by dictionary agreement');
    expect(lines.slice(2).map((line) => line.trim().split(' ')[0])).toEqual(['1', '2', '0']);
  });
});

describe('shares', () => {
  it.each([80, 200])('of 50 topics are compact in %i columns, the largest first', (width) => {
    const lines = formatAllShares(withShares(50), { width: width })!.split('\n');
    expect(lines.length).toBeLessThanOrEqual(2 + 50 / Math.floor(width / 40) + 1);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(lines[2]!.trim().split(/ +/).slice(0, 3)).toEqual(['49', '4.0', '4.0']);
    const topics = [...lines.slice(2, -1).join(' ').matchAll(/(?<= |^)(\d+)(?: +\d+\.\d){4}/g)].map(([, number]) => Number(number));
    expect(topics.sort((a, b) => a - b)).toEqual(Array.from({ length: 49 }, (_, topic) => topic + 1));
    expect(lines.slice(2, -1).join('\n')).toMatch(/0 天气 weather +0\.0 +0\.0/);
  });

  it('stand beside the best and worst topics, and once where all are shown', () => {
    expect(formatAllShares(withShares(6), { width: 100 })).toBeUndefined();
    const text = formatBestAndWorst(withShares(6), npmi, { width: 100 });
    expect(text).toMatch(/^ +topic +NPMI +en % +zh-Hans %/m);
    expect(text).toContain('mean share of the training documents');
    expect(formatBestAndWorst(described(6), npmi, { width: 100 })).not.toContain('%');
  });

  it('come to the effective number of topics and the largest main topic, in a line', () => {
    const spread = evaluation({ topicShares: { split: 'train', perLanguage: [{ effective: 11.24, largest: 0.2, largestMainTopic: 0.11 }, { effective: 9, largest: 0.2, largestMainTopic: 0.125 }] } });
    expect(formatSpread(spread)).toBe('Effective topics 11.2 of 12 (en), 9.0 (zh-Hans); largest main topic 11% (en), 13% (zh-Hans)');
    expect(formatSpread(evaluation({}))).toBeUndefined();
  });
});
