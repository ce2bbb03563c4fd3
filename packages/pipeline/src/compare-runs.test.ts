import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Corpus, InvalidOptionError, MissingFileError, RunFolderError } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { pairedTest, type TopicEvaluation } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { compareRuns } from './compare-runs';
import { fit } from './fit';
import { readRunConfig, type RunConfig } from './run-folder/config';
import { readEvaluation } from './run-folder/metrics';
import { executeRun } from './run/execute-run';
import { configOf } from './testing/run-config';
import { tinyBackbone } from './testing/tiny-backbone';

let folder: string;
let corpus: Corpus;

beforeAll(async () => {
  await useBackend('wasm');
  folder = mkdtempSync(join(tmpdir(), 'xtm-compare-'));
  corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
  for (const epochs of [1, 8]) for (const seed of [10, 2]) await train(epochs, seed);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runOf(epochs: number, seed: number): string {
  return join(folder, `epochs${epochs}-seed-${seed}`);
}

async function train(epochs: number, seed: number): Promise<void> {
  const settings = { numTopics: 4, epochs, batchSize: 16, learningRate: 0.05, halveEvery: 3, topWords: 5, seed };
  await executeRun({
    path: runOf(epochs, seed),
    config: configOf(settings),
    corpus,
    topWords: 5,
    classifiers: ['linear'],
    train: (runFolder, run) =>
      fit({ corpus }, { model: tinyBackbone(), training: settings, folder: runFolder, ...run }),
  });
}

interface Changes {
  readonly config?: (config: RunConfig) => unknown;
  readonly metrics?: (evaluation: TopicEvaluation) => unknown;
}

/** A copy of a run with other settings or figures. */
function changedRun(name: string, { config, metrics }: Changes = {}): string {
  const path = join(folder, name);
  cpSync(runOf(8, 2), path, { recursive: true });
  if (config !== undefined) writeFileSync(join(path, 'config.json'), JSON.stringify(config(readRunConfig(path))));
  if (metrics !== undefined) writeFileSync(join(path, 'metrics.json'), JSON.stringify(metrics(readEvaluation(path))));
  return path;
}

function withSettings(settings: Readonly<Record<string, unknown>>) {
  return (config: RunConfig): RunConfig => ({ ...config, settings: { ...config.settings, ...settings } });
}

describe('compareRuns', () => {
  it('takes runs that differ in their seed as one method, with deviation, stability and a paired test', () => {
    const { methods, rows, warnings } = compareRuns([runOf(8, 10), runOf(1, 2), runOf(8, 2), runOf(1, 10)]);
    expect(methods.map(({ name, runs, seeds }) => ({ name, runs, seeds }))).toEqual([
      { name: 'epochs8', runs: [runOf(8, 2), runOf(8, 10)], seeds: [2, 10] },
      { name: 'epochs1', runs: [runOf(1, 2), runOf(1, 10)], seeds: [2, 10] },
    ]);
    const valuesOf = (epochs: number) =>
      [2, 10].map((seed) => readEvaluation(runOf(epochs, seed)).measures.topicUniqueness!.mean);
    const [first, second] = rows.find(({ figure }) => figure === 'topicUniqueness')!.methods;
    expect(first!.mean).toBeCloseTo((valuesOf(8)[0]! + valuesOf(8)[1]!) / 2, 12);
    expect(first!.deviation).toBeCloseTo(Math.abs(valuesOf(8)[0]! - valuesOf(8)[1]!) / Math.SQRT2, 12);
    expect(second!.difference).toBeCloseTo(second!.mean - first!.mean, 12);
    expect(second!.test).toEqual(pairedTest(valuesOf(8), valuesOf(1)));
    for (const { stability } of methods) expect(stability!.perPair).toHaveLength(2);
    expect(methods[0]!.stability!.mean).toBeGreaterThan(methods[1]!.stability!.mean);
    expect(warnings).toEqual([]);
  });

  it('keeps all runs apart when asked', () => {
    const { methods, rows } = compareRuns([runOf(8, 10), runOf(8, 2)], { groupSeeds: false });
    expect(methods.map(({ name, stability }) => ({ name, stability }))).toEqual([
      { name: 'epochs8-seed-10' },
      { name: 'epochs8-seed-2' },
    ]);
    for (const row of rows) expect(row.methods[1]!.test).toBeUndefined();
  });

  it('pairs only the same seeds, and says so', () => {
    const other = changedRun('epochs1-seed-3', { config: withSettings({ seed: 3, epochs: 1 }) });
    const { rows, warnings } = compareRuns([runOf(8, 10), runOf(8, 2), runOf(1, 2), other]);
    for (const row of rows) expect(row.methods[1]!.test).toBeUndefined();
    expect(warnings).toEqual(['epochs1 and epochs8 ran with different seeds, so there is no paired test']);
  });

  it('does not take the same run twice for two seeds', () => {
    const copy = changedRun('copy');
    expect(compareRuns([runOf(8, 2), copy]).methods.map(({ name }) => name)).toEqual(['epochs8-seed-2', 'copy']);
    expect(compareRuns([copy, copy]).methods.map(({ name }) => name)).toEqual(['copy (1)', 'copy (2)']);
  });

  it('does not mind the order of settings', () => {
    const turned = changedRun('epochs8-turned', {
      config: ({ settings, ...config }) => ({
        ...config,
        settings: { ...Object.fromEntries(Object.entries({ ...settings, seed: 4 }).reverse()), model: settings.model },
      }),
    });
    expect(compareRuns([runOf(8, 2), turned]).methods.map(({ name, seeds }) => ({ name, seeds }))).toEqual([
      { name: 'epochs8', seeds: [2, 4] },
    ]);
  });

  it('warns where figures cannot be compared', () => {
    const counted =
      (counting: 'documents' | 'released', documents: number) =>
      ({ measures, ...evaluation }: TopicEvaluation) => ({
        ...evaluation,
        topWords: documents,
        measures: {
          ...measures,
          cnpmi: [{ languages: ['en', 'zh-Hans'], perTopic: [0, 0, 0, null], mean: 0, counting, documents }],
        },
      });
    const runs = [
      changedRun('ours', { metrics: counted('documents', 15) }),
      changedRun('theirs', { metrics: counted('released', 10) }),
    ];
    expect(compareRuns(runs).warnings).toEqual(
      ['words a topic', 'counting of CNPMI', 'reference corpora of CNPMI'].map(
        (what) => `the runs differ in their ${what}`,
      ),
    );
    const elsewhere = changedRun('elsewhere', {
      config: (config) => ({ ...config, dataset: { ...config.dataset, fingerprint: 'other' } }),
    });
    expect(compareRuns([runOf(8, 2), elsewhere]).warnings).toEqual(['the runs differ in their data']);
  });

  it('reads values that do not exist as NaN, which no mean counts', () => {
    const withoutValue = changedRun('epochs8-seed-7', {
      config: withSettings({ seed: 7 }),
      metrics: (evaluation) => ({ ...evaluation, measures: { purity: null } }),
    });
    const [method] = compareRuns([runOf(8, 2), withoutValue]).rows.find(({ figure }) => figure === 'purity')!.methods;
    expect(method).toMatchObject({ mean: readEvaluation(runOf(8, 2)).measures.purity, seeds: 1 });
  });

  it('reads figures that an earlier version wrote, which gave no warnings', () => {
    const earlier = changedRun('earlier', { metrics: (evaluation) => ({ ...evaluation, warnings: undefined }) });
    expect(readEvaluation(earlier)).toEqual({ ...readEvaluation(runOf(8, 2)), warnings: [] });
    const warned = [
      {
        kind: 'largeMainTopic',
        language: 'en',
        value: 0.8,
        limit: 0.5,
        message: 'In en 80 % of the documents have the same main topic.',
      },
    ];
    expect(
      readEvaluation(changedRun('warned', { metrics: (evaluation) => ({ ...evaluation, warnings: warned }) }))
        .warnings,
    ).toEqual(warned);
  });

  it('says which run is not one, has not finished, or has figures of another program', () => {
    expect(() => compareRuns([])).toThrow(InvalidOptionError);
    expect(() => compareRuns([join(folder, 'nowhere')])).toThrow(MissingFileError);
    expect(() => compareRuns([changedRun('old', { metrics: () => ({ topicUniqueness: 1 }) })])).toThrow(
      RunFolderError,
    );
    expect(() => compareRuns([changedRun('strange', { config: () => ({}) })])).toThrow(RunFolderError);
  });
});
