import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readRunDocuments, readShownTopics } from '../topic-edits/edited-run';
import { ChangedSettingsError, readRunConfig, settleRunConfig } from './config';
import { readDocumentTopics } from './documents';
import { readRunEvents } from './events';
import { readModelFile } from './model-file';
import { isFinishedRun, readEvaluation } from './metrics';
import { readRefinementRounds } from './refinements';
import { RunFolder } from './run-folder';
import { readTopicEdits } from './topic-edits';
import { readRunTopics, readTopicWeights, readTopicWord } from './topics';
import { readRunPreprocessing, readRunVocabulary } from './vocabulary';

const FIXTURES = resolve(__dirname, '../../fixtures/format-1');
const ENGLISH = { code: 'en', suffix: 'en' };

let run: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'xtm-format-'));
  cpSync(join(FIXTURES, 'refined'), run, { recursive: true });
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

function textOf(name: string): string {
  return readFileSync(join(run, name), 'utf8');
}

function rewrite(name: string, change: (content: Record<string, unknown>) => unknown): void {
  writeFileSync(join(run, name), JSON.stringify(change(JSON.parse(textOf(name)) as Record<string, unknown>)));
}

describe('a folder of format 1', () => {
  it("says in today's form what it was made with, and stays as it is on disk", () => {
    const before = textOf('config.json');
    expect(before).not.toContain('formatVersion');
    expect(readRunConfig(run)).toEqual(JSON.parse(before));
    const { settings, dataset } = readRunConfig(run);
    expect(settings).toMatchObject({
      model: 'nmtm',
      numTopics: 3,
      seed: 5,
      topWords: 5,
      refiner: 'corpus',
      embedderOptions: { dimensions: 3 },
    });
    expect(Object.keys(settings)).toEqual(Object.keys((JSON.parse(before) as { settings: object }).settings));
    expect(dataset.languages.map(({ code, words }) => [code, words])).toEqual([
      ['en', 18],
      ['de', 18],
    ]);
    expect(textOf('config.json')).toBe(before);
  });

  it('has all its events and rounds', () => {
    const events = readRunEvents(run);
    expect(events).toEqual(
      textOf('events.jsonl')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'started',
      'epoch',
      'epoch',
      'epoch',
      'refinement',
      'epoch',
      'epoch',
      'finished',
      'topicsEdited',
    ]);
    expect(readRefinementRounds(run)).toEqual(
      textOf('refinements.jsonl')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    );
    expect(isFinishedRun(run)).toBe(true);
  });

  it("has its topics, documents, words, figures, model and people's edits", async () => {
    expect(readRunTopics(run)).toEqual(JSON.parse(textOf('topics.json')));
    expect(readEvaluation(run)).toEqual(JSON.parse(textOf('metrics.json')));
    expect(readTopicEdits(run)).toEqual({ names: { 0: 'Music' }, merged: [[1, 2]], hidden: [] });
    expect((await readShownTopics(run, 2)).topics).toMatchObject([
      { index: 0, name: 'Music', members: [0] },
      { index: 1, members: [1, 2] },
    ]);
    const { sets } = readRunDocuments(run);
    expect(
      sets.map(({ language, split, facts, proportions }) => [language.code, split, facts.length, proportions.columns]),
    ).toEqual([
      ['en', 'train', 14, 2],
      ['en', 'test', 4, 2],
      ['de', 'train', 14, 2],
      ['de', 'test', 4, 2],
    ]);
    expect(sets[0]!.facts[0]).toEqual({ id: 'en1', label: 'food', metadata: { stars: 1 } });
    const vocabulary = await readRunVocabulary(run, ENGLISH);
    expect(vocabulary).toHaveLength(18);
    expect((await readRunPreprocessing(run)).languages.map(({ segmenter }) => segmenter)).toEqual([
      'whitespace',
      'whitespace',
    ]);
    const { facts } = readModelFile(run);
    expect(facts.vocabularies[0]).toEqual(vocabulary);
    expect(facts.topicWord[0]).toEqual(readTopicWord(run, ENGLISH));
    expect(facts.topicWeights![0]).toEqual(readTopicWeights(run, ENGLISH));
    expect(readDocumentTopics(run, ENGLISH, 'test').rows).toBe(4);
  });

  it('is resumed by the same configuration as it is, and refused to another with the difference', () => {
    const before = textOf('config.json');
    const config = readRunConfig(run);
    const folder = RunFolder.open(run);
    settleRunConfig(folder, config);
    const changed = { ...config, settings: { ...config.settings, epochs: 9 } };
    expect(() => settleRunConfig(folder, changed)).toThrow(ChangedSettingsError);
    expect(() => settleRunConfig(folder, changed)).toThrow('epochs was 3, is 9');
    folder.close();
    expect(textOf('config.json')).toBe(before);
  });

  it('may lack what xtm wrote later: sources of settings, rankings, probabilities, warnings', () => {
    rewrite('config.json', ({ sources: _sources, versions: _versions, ...config }) => config);
    expect(readRunConfig(run)).toMatchObject({ sources: {}, versions: {}, settings: { model: 'nmtm' } });
    rewrite('topics.json', ({ languages }) => ({
      languages,
      topics: [{ index: 0, words: { en: [{ word: 'soup', weight: 0.5 }] } }],
    }));
    expect(readRunTopics(run)).toMatchObject({
      ranking: 'probability',
      topics: [{ words: { en: [{ word: 'soup', weight: 0.5, probability: 0.5 }] } }],
    });
    rewrite('metrics.json', ({ warnings: _warnings, ...metrics }) => metrics);
    expect(readEvaluation(run).warnings).toEqual([]);
    writeFileSync(join(run, 'events.jsonl'), '{"type":"started"}\n');
    expect(readRunEvents(run)).toEqual([{ type: 'started' }]);
  });
});
