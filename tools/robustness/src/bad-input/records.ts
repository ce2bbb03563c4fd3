import { mkdir } from 'node:fs/promises';
import { DataFormatError, MissingFileError, RunFolderError } from '@xtm/contracts';
import type { TemporaryFolder } from '@xtm/data/testing';
import { loadReferenceIndex, readReferenceConfig, readTopicWords } from '@xtm/metrics';
import { adoptPhaseOne, phaseOneOfFolder, readEvaluation, readRunTopics, RunFolder } from '@xtm/pipeline';
import { gzipSync } from 'node:zlib';
import type { BadCase, BadInputs } from './bad-case';

type Expected = Omit<BadCase, 'input' | 'read'>;

/** A run folder with one file, handed to what reads it. */
function record(
  input: string,
  name: string,
  content: string | Uint8Array,
  read: (folder: TemporaryFolder) => unknown,
  expected: Expected,
): BadCase {
  return {
    input,
    read: async (folder) => {
      await folder.write(name, content);
      return read(folder);
    },
    file: name,
    ...expected,
  };
}

function adopt({ path }: TemporaryFolder): void {
  const folder = RunFolder.open(`${path}/new`);
  try {
    adoptPhaseOne(folder, phaseOneOfFolder(path), 3);
  } finally {
    folder.close();
  }
}

const readEvents = ({ path }: TemporaryFolder): unknown => {
  const folder = RunFolder.open(path);
  try {
    return folder.events.read();
  } finally {
    folder.close();
  }
};

export const runFolders: BadInputs = {
  reader: 'run folder',
  cases: [
    {
      input: 'no run',
      read: ({ path }) => readRunTopics(path),
      error: MissingFileError,
      says: 'not found',
      file: 'topics.json',
    },
    record('topics that break off', 'topics.json', '{"topics": [', ({ path }) => readRunTopics(path), {
      error: RunFolderError,
      says: 'not valid JSON',
    }),
    record('topics of another program', 'topics.json', '{"topics": 3}', ({ path }) => readRunTopics(path), {
      error: RunFolderError,
      says: 'not what xtm writes',
    }),
    record('figures of another program', 'metrics.json', '{"accuracy": 1}', ({ path }) => readEvaluation(path), {
      error: RunFolderError,
      says: 'not what xtm writes',
    }),
    record('figures that break off', 'metrics.json', '{"languages":', ({ path }) => readEvaluation(path), {
      error: RunFolderError,
      says: 'not valid JSON',
    }),
    record(
      'a damaged line among the events',
      'events.jsonl',
      '{"type":"started"}\n{"type":"epo\n{"type":"epoch"}\n',
      readEvents,
      { error: DataFormatError, says: 'not a record', line: 2 },
    ),
    record('a line among the events that is no event', 'events.jsonl', '3\n{"type":"epoch"}\n', readEvents, {
      error: DataFormatError,
      says: 'not a record',
      line: 1,
    }),
    {
      input: 'a checkpoint whose checksum does not hold',
      read: async (folder) => {
        await mkdir(`${folder.path}/checkpoints`);
        await folder.write('checkpoints/epoch-00003.safetensors', 'half');
        await folder.write('checkpoints/epoch-00003.safetensors.sha256', '0'.repeat(64));
        return adopt(folder);
      },
      error: RunFolderError,
      says: 'is damaged',
      file: 'epoch-00003.safetensors',
    },
    {
      input: 'a run without the checkpoint asked for',
      read: adopt,
      error: RunFolderError,
      says: 'no checkpoint after epoch 3',
    },
  ],
};

export const references: BadInputs = {
  reader: 'reference corpus and topics',
  cases: [
    record('a list that is no YAML', 'pairs.yaml', 'a: [', ({ path }) => readReferenceConfig(`${path}/pairs.yaml`), {
      error: DataFormatError,
      says: 'not valid YAML',
    }),
    record(
      'a list of something else',
      'pairs.yaml',
      'files: []',
      ({ path }) => readReferenceConfig(`${path}/pairs.yaml`),
      { error: DataFormatError, says: '' },
    ),
    record(
      'a list whose aliases explode',
      'pairs.yaml',
      `a: &a [x]\n${'bcdefghij'
        .split('')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]!},`.repeat(9)}]`)
        .join('\n')}\n`,
      ({ path }) => readReferenceConfig(`${path}/pairs.yaml`),
      { error: DataFormatError, says: '' },
    ),
    record(
      'counts that are not compressed',
      'counts.gz',
      'text',
      ({ path }) => loadReferenceIndex(`${path}/counts.gz`),
      { error: DataFormatError, says: '' },
    ),
    record(
      'half the counts',
      'counts.gz',
      gzipSync('{"format":"x"}\n').subarray(0, 20),
      ({ path }) => loadReferenceIndex(`${path}/counts.gz`),
      { error: DataFormatError, says: '' },
    ),
    record(
      'topics that are no JSON',
      'topics.json',
      'film actor',
      ({ path }) => readTopicWords(`${path}/topics.json`),
      { error: DataFormatError, says: '' },
    ),
    record(
      'a topic without words',
      'topics.txt',
      'film\n\nphone\n',
      ({ path }) => readTopicWords(`${path}/topics.txt`),
      { error: DataFormatError, says: '' },
    ),
  ],
};
