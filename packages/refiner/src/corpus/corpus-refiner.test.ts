import { InvalidOptionError, type Topic } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { refineConsistently } from '../refine-consistently';
import { themedCorpus } from '../testing';
import { createCorpusRefiner, sampleWords } from './corpus-refiner';

const THEMES = 4;
const { themeOf, ...resources } = themedCorpus({ themes: THEMES, wordsPerTheme: 20, commonWords: 5, documents: 400 });
const languages = [{ code: 'en', suffix: 'en' }, { code: 'ja', suffix: 'ja' }];
const context = { languages, wordsPerTopic: 10 };

/** Topics of seven words of their theme, two of another and a common one. */
const noisyTopics: Topic[] = Array.from({ length: THEMES }, (_, theme) => ({
  index: theme,
  words: resources.vocabularies.map((vocabulary) => [
    ...vocabulary.slice(theme * 20, theme * 20 + 7),
    ...vocabulary.slice(((theme + 1) % THEMES) * 20 + 15, ((theme + 1) % THEMES) * 20 + 17),
    vocabulary[80 + theme]!,
  ]),
}));

function refinerWith(seed: number, settings: { temperature?: number } = {}) {
  return createCorpusRefiner({ ...resources, generator: new SeededGenerator(seed), neighbours: 10, ...settings });
}

describe('createCorpusRefiner', () => {
  it('replaces words of other themes and of every theme by words of the topic\'s own', async () => {
    const outcome = await refineConsistently({
      refiner: refinerWith(1),
      topics: noisyTopics,
      context,
      vocabularies: resources.vocabularies,
    });
    for (const { index, words, refined } of outcome.topics) {
      expect(refined).toBe(true);
      expect(words.map(({ length }) => length)).toEqual([10, 10]);
      expect(words.flat().filter((word) => themeOf(word) !== index)).toEqual([]);
    }
  });

  it('has rounds that differ at a temperature and are equal without', async () => {
    const wordsAt = async (temperature: number, round: number) =>
      (await refinerWith(1, { temperature }).refine(noisyTopics, context, round)).topics.map(({ words }) => words);
    expect(await wordsAt(0, 0)).toEqual(await wordsAt(0, 1));
    expect(await wordsAt(1, 0)).not.toEqual(await wordsAt(1, 1));
  });

  it('depends on the seed and the round only, not on what was refined before', async () => {
    const fresh = await refinerWith(5).refine(noisyTopics, context, 2);
    const used = refinerWith(5);
    await used.refine(noisyTopics, context, 0);
    expect((await used.refine(noisyTopics, context, 2)).topics).toEqual(fresh.topics);
    expect((await refinerWith(6).refine(noisyTopics, context, 2)).topics).not.toEqual(fresh.topics);
  });

  it('looks at topics anew when they change', async () => {
    const refiner = refinerWith(1);
    await refiner.refine(noisyTopics, context, 0);
    const [swapped] = (await refiner.refine([{ index: 0, words: noisyTopics[2]!.words }], context, 0)).topics;
    expect(swapped!.words.flat().filter((word) => themeOf(word) === 2).length).toBeGreaterThan(15);
  });

  it('draws on topic-word probabilities where they are given, beyond the top words', async () => {
    const topicWord = resources.vocabularies.map((vocabulary) => {
      const data = new Float32Array(THEMES * vocabulary.length);
      vocabulary.forEach((word, position) => {
        for (let topic = 0; topic < THEMES; topic++)
          data[topic * vocabulary.length + position] = themeOf(word) === topic ? 1 / 20 : 0;
      });
      return { rows: THEMES, columns: vocabulary.length, data };
    });
    const topics = noisyTopics.map(({ index, words }) => ({ index, words: words.map((list) => list.slice(0, 2)) }));
    const refiner = createCorpusRefiner({ ...resources, generator: new SeededGenerator(1), neighbours: 0 });
    const [first] = (await refiner.refine(topics, { ...context, topicWord }, 0)).topics;
    expect(first!.words.map(({ length }) => length)).toEqual([10, 10]);
    expect(first!.words.flat().every((word) => themeOf(word) === 0)).toBe(true);
  });

  it('brings words of one language into the other through the dictionary', async () => {
    const refiner = createCorpusRefiner({ ...resources, generator: new SeededGenerator(1), neighbours: 0 });
    const topics = [{ index: 0, words: [resources.vocabularies[0]!.slice(0, 8), []] }];
    const [only] = (await refiner.refine(topics, context, 0)).topics;
    expect([...only!.words[1]!].sort()).toEqual(resources.vocabularies[1]!.slice(0, 8).sort());
  });

  it('is called what it is', () => {
    expect(refinerWith(1).name).toBe('corpus');
  });

  it.each([
    ['temperature', { temperature: -1 }],
    ['tempreature', { tempreature: 1 }],
    ['trainRows', { trainRows: [resources.trainRows[0]!] }],
    ['wordEmbeddings', { wordEmbeddings: resources.wordEmbeddings.map((matrix) => ({ ...matrix, rows: 3 })) }],
  ])('refuses a wrong %s', (option, wrong) => {
    expect(() => createCorpusRefiner({ ...resources, generator: new SeededGenerator(1), ...wrong })).toThrow(
      expect.objectContaining({ option }) as InvalidOptionError,
    );
  });
});

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
    scored.words.forEach((word, position) =>
      expect((counts.get(word) ?? 0) / draws).toBeCloseTo(weights[position]! / total, 1.7),
    );
  });
});
