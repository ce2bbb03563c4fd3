import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingFileError, RunFolderError } from '@xtm/contracts';
import { writeNpy } from '@xtm/data';
import { readRunDocuments } from '../topic-edits/edited-run';
import { editTopics } from './topic-edits';

let path: string;
const write = (name: string, content: string | Uint8Array): void => writeFileSync(join(path, name), content);

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-documents-'));
  const topics = [0, 1, 2].map((index) => ({ index, words: {} }));
  write('topics.json', JSON.stringify({ languages: [{ code: 'en', suffix: 'en' }], topics }));
  write('documentTopics_en_train.npy', writeNpy(Float32Array.of(0.5, 0.25, 0.25, 0, 0.5, 0.5), [2, 3]));
  write('documents_en_train.jsonl', '{"id":"a","label":"x","metadata":{"stars":4}}\n{"id":"b"}\n');
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

it('gives documents with what is known of them, and topics as people edited them', () => {
  editTopics(path, () => ({ names: { 1: 'Music' }, merged: [[1, 2]], hidden: [0] }));
  const { topics, sets } = readRunDocuments(path);
  expect(topics).toEqual([{ index: 1, name: 'Music', members: [1, 2] }]);
  expect(sets).toEqual([
    {
      language: { code: 'en', suffix: 'en' },
      split: 'train',
      facts: [{ id: 'a', label: 'x', metadata: { stars: 4 } }, { id: 'b' }],
      proportions: { rows: 2, columns: 1, data: Float32Array.of(0.5, 1) },
    },
  ]);
});

it('knows nothing of documents where nothing was kept', () => {
  rmSync(join(path, 'documents_en_train.jsonl'));
  expect(readRunDocuments(path).sets[0]!.facts).toEqual([{}, {}]);
});

it('refuses files that do not belong together', () => {
  appendFileSync(join(path, 'documents_en_train.jsonl'), '{"id":"c"}\n');
  expect(() => readRunDocuments(path)).toThrow('3 documents where the topics are of 2');
  write('documents_en_train.jsonl', '{"id":"a"}\n[1]\n');
  expect(() => readRunDocuments(path)).toThrow('line 2 is not what xtm writes');
  write('documentTopics_en_train.npy', writeNpy(Float32Array.of(1, 0), [1, 2]));
  expect(() => readRunDocuments(path)).toThrow(RunFolderError);
});

it("says that a run without documents' topics is not finished", () => {
  rmSync(join(path, 'documentTopics_en_train.npy'));
  expect(() => readRunDocuments(path)).toThrow(MissingFileError);
});
