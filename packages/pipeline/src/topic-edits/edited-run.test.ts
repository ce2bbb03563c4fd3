import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingFileError, RunFolderError } from '@xtm/contracts';
import { writeNpy } from '@xtm/data';
import { editTopics, readTopicEdits } from '../run-folder/topic-edits';
import { readShownTopics } from './edited-run';
import { shownProportions } from './shown-topics';

const WORDS = ['rain', 'snow', 'film', 'song'];

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-edits-'));
  const topics = [0, 1, 2].map((index) => ({ index, words: { en: [] } }));
  writeFileSync(join(path, 'topics.json'), JSON.stringify({ languages: [{ code: 'en', suffix: 'en' }], topics }));
  writeFileSync(join(path, 'vocabulary_en.txt'), WORDS.join('\n'));
  writeFileSync(
    join(path, 'topicWord_en.npy'),
    writeNpy(Float32Array.of(0.5, 0.3, 0.1, 0.1, 0.1, 0.1, 0.2, 0.6, 0.4, 0.4, 0.2, 0), [3, 4]),
  );
  writeFileSync(
    join(path, 'documentTopics_en_train.npy'),
    writeNpy(Float32Array.of(0.2, 0.2, 0.6, 0.4, 0.2, 0.4), [2, 3]),
  );
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

describe('readShownTopics', () => {
  it('shows what was trained where nothing was edited, with as many words as asked for', async () => {
    const { topics, hidden } = await readShownTopics(path, 2);
    expect(topics.map(({ index, members, words }) => [index, members, words['en']!.map(({ word }) => word)])).toEqual([
      [0, [0], ['rain', 'snow']],
      [1, [1], ['song', 'film']],
      [2, [2], ['rain', 'snow']],
    ]);
    expect(hidden).toEqual([]);
    expect((await readShownTopics(path, 4)).topics[0]!.words['en']).toHaveLength(4);
  });

  it('mixes the parts of a merger by what they hold of the documents', async () => {
    editTopics(path, () => ({ names: { 0: 'Weather' }, merged: [[0, 2]], hidden: [1] }));
    const { topics, hidden } = await readShownTopics(path, 1);
    const mixed: unknown = expect.closeTo((0.3 * 0.5 + 0.5 * 0.4) / 0.8, 6);
    expect(topics).toEqual([
      {
        index: 0,
        name: 'Weather',
        members: [0, 2],
        words: { en: [{ word: 'rain', weight: mixed, probability: mixed }] },
      },
    ]);
    expect(hidden).toEqual([1]);
  });

  it("mixes evenly where documents' topics were not kept", async () => {
    rmSync(join(path, 'documentTopics_en_train.npy'));
    editTopics(path, () => ({ names: {}, merged: [[0, 1]], hidden: [] }));
    expect((await readShownTopics(path, 1)).topics[0]!.words['en']).toMatchObject([
      { word: 'song', weight: expect.closeTo(0.35, 6) },
    ]);
  });

  it('says that a run without results is not finished', async () => {
    rmSync(join(path, 'topicWord_en.npy'));
    await expect(readShownTopics(path)).rejects.toThrow(MissingFileError);
  });
});

describe('topicEdits.json', () => {
  it('is written whole, recorded, and read back', () => {
    const edits = { names: { 2: '天气 <b>' }, merged: [[0, 1]], hidden: [] };
    editTopics(path, () => edits);
    expect(readTopicEdits(path)).toEqual(edits);
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toContain('"topicsEdited"');
    expect(existsSync(join(path, 'lock.json'))).toBe(false);
  });

  it('stays as it was when a change is refused', () => {
    expect(() =>
      editTopics(path, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(existsSync(join(path, 'topicEdits.json'))).toBe(false);
    editTopics(path, (edits) => edits);
  });

  it.each(['{"names": {"x": "a"}}', '{"merged": [[1]]}', '{"hidden": [-1]}', '{"other": 1}', 'null'])(
    'is refused when it holds %s',
    (content) => {
      writeFileSync(join(path, 'topicEdits.json'), content);
      expect(() => readTopicEdits(path)).toThrow(RunFolderError);
    },
  );
});

describe('shownProportions', () => {
  it('adds up mergers and leaves hidden topics out without rescaling', () => {
    const proportions = { rows: 2, columns: 3, data: Float32Array.of(0.2, 0.2, 0.6, 0.4, 0.2, 0.4) };
    const { rows, columns, data } = shownProportions(proportions, [{ index: 0, members: [0, 2] }]);
    expect([rows, columns]).toEqual([2, 1]);
    expect(data[0]).toBeCloseTo(0.8, 6);
    expect(data[1]).toBeCloseTo(0.8, 6);
  });
});
