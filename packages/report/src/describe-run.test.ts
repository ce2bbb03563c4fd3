import { editTopics, readShownTopics } from '@xtm/pipeline';
import type { RunReportData } from './contract/run-data';
import { describeRun } from './describe-run';
import { readRun } from './read-run';
import { PlantedRuns } from './testing/planted-run';

const runs = new PlantedRuns();
afterAll(() => runs.remove());

const EPOCH = { type: 'epoch', stage: 'training', learningRate: 0.1, gradientNorm: 1, numTensors: 5 } as const;

const WRITTEN = new Date('2026-01-02T03:04:05Z');

function dataOf<Data>(view: { readonly data: Data } | { readonly missing: string }): Data {
  if ('missing' in view) throw new Error(view.missing);
  return view.data;
}

/** Words of a topic as the page shows them. */
function wordsOf({ topics, words }: RunReportData, topic: number, language: number, count: number): string[] {
  return topics[topic]!.words[language]!.words.slice(0, count).map((word) => words[language]!.words[word]!);
}

describe('a run', () => {
  let data: RunReportData;
  beforeAll(async () => {
    const { path, corpus } = await runs.write('plain', {
      events: [
        { ...EPOCH, epoch: 1, losses: { loss: 3, 'elbo.en': 2 }, seconds: 2, documentsPerSecond: 50, peakMemory: 7 },
        { ...EPOCH, epoch: 2, losses: { loss: 2.5, words: Number.NaN }, seconds: 1, documentsPerSecond: 70, peakMemory: 9 },
      ],
    });
    data = await describeRun(await readRun(path, corpus), WRITTEN);
  });

  it('shows each topic with the words that it owns, heaviest first, in every language', () => {
    expect(wordsOf(data, 2, 0, 3)).toEqual(['en_2_0', 'en_2_1', 'en_2_2']);
    expect(wordsOf(data, 2, 1, 3)).toEqual(['cn_2_0', 'cn_2_1', 'cn_2_2']);
    const [word] = data.topics[2]!.words[0]!.words;
    expect(data.topics[2]!.words[0]!.probabilities[0]).toBeCloseTo(24 / 144, 4);
    expect(data.words[0]!.probabilities[word!]).toBeLessThan(24 / 144);
    expect(data.topics[2]!.words[0]!.means[0]).toBeCloseTo((24 + 3 * (5 / 6)) / (4 * 144), 4);
  });

  it('knows for every word the topics that it belongs to most', () => {
    const { words, topics, shares, topicsPerWord, searchable } = data.words[1]!;
    expect(searchable).toBe(24);
    const at = words.indexOf('cn_3_1') * topicsPerWord;
    expect(topics[at]).toBe(3);
    expect(shares[at]).toBeGreaterThan(80);
  });

  it('shows documents of the topic, as bags of words where there are no texts', () => {
    for (const [topic, { documents }] of data.topics.entries()) {
      documents.forEach((positions, language) => {
        const [first] = positions.map((position) => data.documents.documents[position]!);
        expect(first).toMatchObject({ language, label: `topic ${topic}` });
        expect(first!.topics[0]![0]).toBe(topic);
        expect(first!.words!.length).toBeGreaterThan(2);
      });
    }
  });

  it('gives prevalence by language and label, within intervals that hold the mean', () => {
    expect(data.facets.map(({ name, kind, groups }) => [name, kind, groups.length])).toEqual([['language', 'language', 2], ['label', 'category', 4]]);
    const byLabel = data.facets[1]!.series[0]!;
    for (const topic of [0, 1, 2, 3]) {
      expect(byLabel.mean[topic]!.indexOf(Math.max(...byLabel.mean[topic]!.map(Number)))).toBe(topic);
      byLabel.mean[topic]!.forEach((mean, group) => {
        expect(byLabel.low[topic]![group]!).toBeLessThanOrEqual(mean!);
        expect(byLabel.high[topic]![group]!).toBeGreaterThanOrEqual(mean!);
      });
    }
  });

  it('maps topics and documents', () => {
    expect(data.topicMap.x).toHaveLength(4);
    const map = dataOf(data.documentMap);
    expect(map.x).toHaveLength(60);
    expect(map.population).toBe(60);
    expect(map.labels).toEqual(['topic 0', 'topic 1', 'topic 2', 'topic 3']);
    const agreeing = map.label.filter((label, at) => label === map.topic[at]).length;
    expect(agreeing).toBeGreaterThan(50);
  });

  it('says how the topics of the languages agree by the dictionary', () => {
    const { agreement, topWords } = dataOf(data.alignment);
    expect(topWords).toBe(5);
    agreement.forEach((shares, row) => shares.forEach((share, column) => expect(share).toBe(row === column ? 1 : 0)));
  });

  it('has the losses of every epoch, and what training took', () => {
    expect(dataOf(data.training)).toEqual({ epochs: [1, 2], losses: [{ name: 'loss', values: [3, 2.5] }, { name: 'elbo.en', values: [2, null] }, { name: 'words', values: [null, null] }], refinements: [] });
    expect(data.overview).toMatchObject({ run: 'plain', model: 'planted', written: WRITTEN.toISOString(), effort: { epochs: 2, seconds: 3, documentsPerSecond: 60, peakMemory: 9 } });
    expect(data.overview.settings).toContainEqual({ name: 'model', value: 'planted', source: 'flag' });
    expect(data.ratings).toHaveProperty('missing');
    expect(data.overview.spending).toHaveProperty('missing');
  });
});

describe('figures', () => {
  it('stand beside what chance gives, those that look at documents first', async () => {
    const { path, corpus } = await runs.write('figures', {
      change: (corpus) => ({ ...corpus, languages: corpus.languages.map((language) => ({ ...language, train: { ...language.train, ids: Array.from({ length: language.train.rows.rows }, (_, at) => `n${at}`) } })) }),
    });
    const { figures } = await describeRun(await readRun(path, corpus), WRITTEN);
    const titles = figures.cards.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Topics in use', 'Documents with a word of their topic', 'Unseen words predicted', 'Main topics follow the labels', 'Translations found by their topics']));
    const labels = figures.cards.find(({ title }) => title === 'Main topics follow the labels')!;
    expect(labels.values.map(({ of }) => of)).toEqual(['English', 'Chinese (Simplified)']);
    for (const { value, floor, isChance } of labels.values) {
      expect(value).toBeGreaterThan(floor!);
      expect(isChance).toBe(false);
    }
    expect(figures.rows.find(({ title }) => title.includes('uniqueness'))).toMatchObject({ all: 1, languages: [1, 1] });
    expect(figures.rows.every(({ title }) => !/floor|topic shares|coverage gain/.test(title))).toBe(true);
  });

  it('say where a model is no better than chance, and warn before anything else', async () => {
    const { path } = await runs.write('collapsed', {
      evaluation: (evaluation) => ({
        ...evaluation,
        measures: { ...evaluation.measures, labelInformation: { split: 'test', perLanguage: [0, 1].map(() => ({ value: 0.1, floor: 0.09, floorDeviation: 0.02, gain: 0.01 })), mean: 0.1 } },
        warnings: [
          { kind: 'fewEffectiveTopics', language: 'en', value: 1.23, limit: 2, message: 'few' },
          { kind: 'largeMainTopic', language: 'en', value: 0.84, limit: 0.5, message: 'large' },
          { kind: 'largeMainTopic', language: 'zh-Hans', value: 0.9, limit: 0.5, message: 'large' },
        ],
      }),
    });
    const { figures, warnings } = await describeRun(await readRun(path), WRITTEN);
    expect(figures.cards.find(({ title }) => title === 'Main topics follow the labels')!.values).toMatchObject([{ isChance: true }, { isChance: true }]);
    expect(warnings).toEqual([
      { title: 'Most topics are hardly used', facts: ['English: documents spread as if there were 1.2 topics, not 4.'] },
      { title: 'One topic takes most of the documents', facts: ['English: 84% of the documents have the same main topic.', 'Chinese (Simplified): 90% of the documents have the same main topic.'] },
    ]);
  });

  it('are there for runs of earlier versions, which had no warnings', async () => {
    const { path } = await runs.write('early', { evaluation: ({ warnings: _none, ...evaluation }) => evaluation });
    expect((await describeRun(await readRun(path), WRITTEN)).warnings).toEqual([]);
  });
});

it.each(['characteristic', 'weights', 'probability'] as const)('lists words ranked by %s as xtm topics does, mergers too', async (ranking) => {
  const { path } = await runs.write(`by-${ranking}`, { ranking });
  editTopics(path, () => ({ names: {}, merged: [[0, 2]], hidden: [] }));
  const data = await describeRun(await readRun(path), WRITTEN);
  const { topics } = await readShownTopics(path, 15);
  expect(data.ranking).toBe(ranking);
  topics.forEach(({ words }, topic) => ['en', 'cn'].forEach((suffix, language) => expect(wordsOf(data, topic, language, 15)).toEqual(words[suffix]!.map(({ word }) => word))));
});

it('knows the share of training documents whose main topic each topic is', async () => {
  const { path } = await runs.write('shares');
  const { topics } = await describeRun(await readRun(path), WRITTEN);
  for (const language of [0, 1]) {
    expect(topics.reduce((sum, { mainTopicOf }) => sum + mainTopicOf[language]!, 0)).toBeCloseTo(1, 3);
    expect(topics.reduce((sum, { weights }) => sum + weights[language]!, 0)).toBeCloseTo(1, 3);
  }
});

it('says where shares cannot be compared between the languages', async () => {
  const levelled = async (name: string, modelOptions?: object) => (await describeRun(await readRun((await runs.write(name, { settings: { ...(modelOptions && { modelOptions }) } })).path), WRITTEN)).prevalenceIsLevelled;
  expect(await levelled('levelled', { normalisation: 'per-language' })).toBe(true);
  expect(await levelled('joint', { normalisation: 'joint' })).toBe(false);
  expect(await levelled('unsaid')).toBe(false);
});

it('is the same every time', async () => {
  const { path, corpus } = await runs.write('twice');
  const [first, second] = [await describeRun(await readRun(path, corpus), WRITTEN), await describeRun(await readRun(path, corpus), WRITTEN)];
  expect(second).toEqual(first);
});

it('respects names, mergers and hidden topics', async () => {
  const { path, corpus } = await runs.write('edited');
  editTopics(path, () => ({ names: { 0: 'Weather' }, merged: [[0, 2]], hidden: [1] }));
  const { topics, overview, facets } = await describeRun(await readRun(path, corpus), WRITTEN);
  expect(topics.map(({ index, members, name }) => [index, members, name])).toEqual([[0, [0, 2], 'Weather'], [3, [3], undefined]]);
  expect(overview.edits).toHaveLength(3);
  const [merged, other] = facets[0]!.series[0]!.mean.map(([english]) => english!);
  expect(merged).toBeGreaterThan(1.5 * other!);
});

it('does without the dataset, and says so', async () => {
  const { path } = await runs.write('alone');
  const { documents, alignment, facets } = await describeRun(await readRun(path), WRITTEN);
  expect(documents.missing).toContain('not at hand');
  expect(documents.documents[0]).not.toHaveProperty('words');
  expect(alignment).toHaveProperty('missing');
  expect(facets).toHaveLength(2);
});

it('shows texts and metadata where there are any, and dates as a facet', async () => {
  const { path, corpus } = await runs.write('texts', {
    change: (corpus) => ({
      ...corpus,
      languages: corpus.languages.map((language) => {
        const documents = Array.from({ length: language.train.rows.rows }, (_, at) => at);
        return { ...language, train: { ...language.train, ids: documents.map((at) => `n${at}`), texts: documents.map((at) => `<b>${at}</b>`), metadata: documents.map((at) => ({ date: `2024-0${1 + (at % 3)}-11`, stars: at % 2 })) } };
      }),
    }),
  });
  const { documents, facets } = await describeRun(await readRun(path, corpus), WRITTEN);
  expect(facets.slice(1).map(({ name, kind, groups }) => [name, kind, groups])).toEqual([
    ['label', 'category', ['topic 0', 'topic 1', 'topic 2', 'topic 3']],
    ['date', 'date', ['2024-01-11', '2024-02-11', '2024-03-11']],
    ['stars', 'category', ['0', '1']],
  ]);
  const shown = documents.documents.find(({ id }) => id === 'n4')!;
  expect(shown).toMatchObject({ text: '<b>4</b>', metadata: [['date', '2024-02-11'], ['stars', '0']] });
});

describe('refinement', () => {
  const refined = { refined: true, words: [['en_0_0', 'en_0_9'], ['cn_0_0']], counts: [[5, 3], [4]], rounds: 5, agreement: 0.8, discarded: [{ languageIndex: 1, word: '天气', mentions: 1 }], dropped: 0, theme: 'rain' };
  const reply = (cached: boolean) => ({ topics: [0], attempt: 0, text: 'words', usage: { inputTokens: 1000, outputTokens: 500 }, cached });

  it('shows words before and after, discarded ones, agreement, theme and cost', async () => {
    const { path, corpus } = await runs.write('refined', {
      events: [{ type: 'refinement', epoch: 6, topics: [0, 1, 2, 3].map((index) => ({ index, ...refined })), before: [[['en_0_0', 'en_1_1'], ['cn_0_3']], [[], []], [[], []], [[], []]] }],
      rounds: [{ type: 'round', epoch: 6, round: 0, topics: [], usage: { inputTokens: 1000, outputTokens: 500 }, replies: [reply(false), reply(true)] }],
      settings: { llm: { model: 'some-model', budget: { prices: { input: 2, output: 4 } } } },
    });
    const { topics, overview } = await describeRun(await readRun(path, corpus), WRITTEN);
    expect(topics[0]).toMatchObject({ theme: 'rain', refinements: [{ epoch: 6, agreement: 0.8, before: [['en_0_0', 'en_1_1'], ['cn_0_3']], after: refined.words, discarded: [[], ['天气']] }] });
    expect(overview.spending).toEqual({ data: { purposes: [{ purpose: 'refinement', model: 'some-model', replies: 2, fromCache: 1, inputTokens: 2000, outputTokens: 1000 }], cost: 0.004 } });
  });

  it('shows ratings by topic where a model gave them', async () => {
    const { path, corpus } = await runs.write('rated', {
      evaluation: (evaluation) => ({
        ...evaluation,
        measures: { ...evaluation.measures, llmRatings: { model: 'judge', runs: 4, coherence: [{ language: 'en', perTopic: [3, 2, null, 1], mean: 2, counted: 9, discarded: 0 }], similarity: [{ languages: ['en', 'zh-Hans'], perTopic: [1, 2, 3, 3], mean: 2, counted: 9, discarded: 0 }], usage: { inputTokens: 5, outputTokens: 6 } } },
      }),
    });
    const { ratings, overview } = await describeRun(await readRun(path, corpus), WRITTEN);
    expect(dataOf(ratings)).toMatchObject({ model: 'judge', rows: [{ title: 'English coherence', ratings: [3, 2, null, 1] }, { ratings: [1, 2, 3, 3] }] });
    expect(dataOf(overview.spending).purposes).toEqual([{ purpose: 'ratings', model: 'judge', inputTokens: 5, outputTokens: 6 }]);
  });
});
