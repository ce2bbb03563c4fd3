import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, EmptyCorpusError, type FittedBaseline, InvalidOptionError, MissingNeedError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { recoveredShare } from '../testing/recovered-share';
import { rowSums } from '../testing/row-sums';
import { syntheticCorpus } from '../testing/synthetic-corpus';
import { mcta } from './mcta';

const synthetic = syntheticCorpus({ generator: new SeededGenerator(1), documents: 250 });
const { resources } = synthetic;
const fit = (options: Readonly<Record<string, unknown>> = {}, runOptions = {}) =>
  mcta.definition.fit(resources, 6, options, new SeededGenerator(2), runOptions);

let fitted: FittedBaseline;
beforeAll(async () => {
  fitted = await fit({ sweeps: 50 });
});

describe('mcta', () => {
  it('finds the topics a bilingual corpus was drawn from, aligned between its languages', () => {
    const { model, documentTopics } = fitted;
    expect(recoveredShare(model, synthetic.topicWord)).toBeGreaterThanOrEqual(0.7);
    for (const matrix of [...model.topicWord, ...documentTopics.map(({ proportions }) => proportions)]) {
      for (const sum of rowSums(matrix)) expect(sum).toBeCloseTo(1, 4);
    }
    expect(documentTopics.map(({ proportions }) => proportions.rows)).toEqual([250, 250]);
  });

  it('owes the alignment to the dictionary', async () => {
    const { model } = await fit({ dictionaryShare: 0, sweeps: 50 });
    expect(recoveredShare(model, synthetic.topicWord)).toBeLessThan(0.7);
  });

  it('raises the log likelihood', async () => {
    const trace: number[] = [];
    await fit({ sweeps: 40 }, { onProgress: ({ figures }: { figures?: Record<string, number> }) => trace.push(figures!['logLikelihood']!) });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(trace).toHaveLength(40);
    expect(mean(trace.slice(10, 20))).toBeGreaterThan(mean(trace.slice(0, 10)));
    expect(mean(trace.slice(30))).toBeGreaterThan(mean(trace.slice(10, 20)));
  });

  it('gives the same model for the same seed and another for another', async () => {
    const [first, again] = [await fit({ sweeps: 3 }), await fit({ sweeps: 3 })];
    const other = await mcta.definition.fit(resources, 6, { sweeps: 3 }, new SeededGenerator(3));
    expect(again.model.topicWord).toEqual(first.model.topicWord);
    expect(other.model.topicWord).not.toEqual(first.model.topicWord);
  });

  it('folds documents in close to where the sampler left them', async () => {
    const { model, documentTopics } = fitted;
    for (const [language, { train }] of resources.corpus.languages.entries()) {
      const { proportions } = await model.transform(train.rows, language);
      const sampled = documentTopics[language]!.proportions;
      const difference = proportions.data.reduce((sum, value, i) => sum + Math.abs(value - sampled.data[i]!), 0) / proportions.rows;
      expect(difference).toBeLessThan(0.15);
    }
  });

  it('is the same after saving and loading', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mcta-'));
    const { model } = fitted;
    await model.save(folder);
    const loaded = await mcta.definition.load(folder);
    expect(loaded.topicWord).toEqual(model.topicWord);
    expect(loaded.topics(5)).toEqual(model.topics(5));
    const { rows } = resources.corpus.languages[0]!.train;
    expect(await loaded.transform(rows, 0)).toEqual(await model.transform(rows, 0));
    await rm(folder, { recursive: true });
  });

  it('stops when asked to', async () => {
    const controller = new AbortController();
    const running = fit({}, { signal: controller.signal, onProgress: ({ done }: { done: number }) => done === 2 && controller.abort() });
    await expect(running).rejects.toThrow(AbortedError);
  });

  it('says what it cannot work with', async () => {
    const { corpus } = resources;
    const generator = new SeededGenerator(1);
    await expect(mcta.definition.fit({ corpus }, 6, {}, generator)).rejects.toThrow(MissingNeedError);
    await expect(mcta.definition.fit(resources, 1, {}, generator)).rejects.toThrow(InvalidOptionError);
    const unlinked = { languages: [0, 1] as const, first: new Int32Array(0), second: new Int32Array(0) };
    await expect(mcta.definition.fit({ corpus, dictionary: unlinked }, 6, {}, generator)).rejects.toThrow(EmptyCorpusError);
    expect(() => mcta.definition.resolveOptions({ sweep: 3 })).toThrow(new InvalidOptionError('sweep', 3, 'there is no such option'));
    expect(() => mcta.definition.resolveOptions({ dictionaryShare: 1 })).toThrow(InvalidOptionError);
    expect(mcta.definition.resolveOptions({})).toEqual({ dictionaryShare: 0.5, documentPrior: 0.5, wordPrior: 0.01, sweeps: 100 });
  });
});
