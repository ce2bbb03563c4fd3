import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormatError, MissingFileError, RunFolderError } from '@xtm/contracts';
import { configOf } from '../testing/run-config';
import { ChangedSettingsError, readRunConfig, settleRunConfig, writeRunConfig } from './config';
import { readRunEvents, type EpochEvent } from './events';
import { readEvaluation } from './metrics';
import { RunFolder } from './run-folder';
import { readRunTopics, writeRunTopics } from './topics';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-folder-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

function epoch(number: number): EpochEvent {
  return {
    type: 'epoch',
    stage: 'training',
    epoch: number,
    learningRate: 0.1,
    losses: { loss: 2 },
    gradientNorm: 1,
    seconds: 3,
    documentsPerSecond: 4,
    numTensors: 5,
    peakMemory: 6,
  };
}

function lines(...events: readonly EpochEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

describe('the lock', () => {
  it('refuses a second holder and says who has the folder', () => {
    const folder = RunFolder.open(path);
    expect(() => RunFolder.open(path)).toThrow(RunFolderError);
    expect(() => RunFolder.open(path)).toThrow(`in use by process ${process.pid} on ${hostname()}`);
    folder.close();
    RunFolder.open(path).close();
  });

  it('is taken over from a process that is dead', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => child.once('exit', resolve));
    writeFileSync(join(path, 'lock.json'), JSON.stringify({ pid: child.pid, host: hostname(), since: 'yesterday' }));
    RunFolder.open(path).close();
    expect(existsSync(join(path, 'lock.json'))).toBe(false);
  });

  it("is taken over when another process got the dead holder's number", () => {
    writeFileSync(
      join(path, 'lock.json'),
      JSON.stringify({ pid: process.pid, host: hostname(), since: 'yesterday', processStart: '1' }),
    );
    RunFolder.open(path).close();
  });

  it('holds for a process on another machine, which cannot be asked', () => {
    writeFileSync(join(path, 'lock.json'), JSON.stringify({ pid: 1, host: 'elsewhere.example', since: 'yesterday' }));
    expect(() => RunFolder.open(path)).toThrow('on elsewhere.example');
  });
});

describe('files', () => {
  it('are written whole, and what a killed process left half-written is removed', () => {
    mkdirSync(join(path, 'checkpoints'));
    writeFileSync(join(path, 'topics.json.0a1b.tmp'), 'half');
    writeFileSync(join(path, 'checkpoints', 'epoch-00001.safetensors.0a1b.tmp'), 'half');
    const folder = RunFolder.open(path);
    const topics = { languages: [{ code: 'en', suffix: 'en' }], ranking: 'weights' as const, topics: [] };
    writeRunTopics(folder, topics);
    expect(readRunTopics(path)).toEqual(topics);
    expect(existsSync(join(path, 'topics.json.0a1b.tmp'))).toBe(false);
    expect(existsSync(join(path, 'checkpoints', 'epoch-00001.safetensors.0a1b.tmp'))).toBe(false);
    folder.close();
  });

  it('that are missing or broken are named', () => {
    expect(() => readRunTopics(path)).toThrow(MissingFileError);
    writeFileSync(join(path, 'topics.json'), '{"topics": [');
    expect(() => readRunTopics(path)).toThrow('topics.json is not valid JSON');
    writeFileSync(join(path, 'topics.json'), '{"languages": [], "topics": [{"index": 0}]}');
    expect(() => readRunTopics(path)).toThrow('topics.json is not what xtm writes: topics.0.words');
  });

  it('cannot be under a path that is a file', () => {
    writeFileSync(join(path, 'file'), '');
    expect(() => RunFolder.open(join(path, 'file', 'run'))).toThrow('a part of the path is a file');
  });
});

describe('events', () => {
  it('survive a torn last line', () => {
    const folder = RunFolder.open(path);
    folder.events.append(epoch(1));
    appendFileSync(join(path, 'events.jsonl'), '{"type":"epoch","ep');
    expect(folder.events.read()).toEqual([epoch(1)]);
    folder.events.keep(() => true);
    folder.events.append(epoch(2));
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toBe(lines(epoch(1), epoch(2)));
    folder.close();
  });

  it('keep losses that are no numbers', () => {
    const folder = RunFolder.open(path);
    folder.events.append({ ...epoch(1), losses: { loss: Number.NaN } });
    expect(folder.events.read()).toEqual([{ ...epoch(1), losses: { loss: Number.NaN } }]);
    folder.close();
  });

  it('of a type that this version does not know are passed over, and stay to the byte', () => {
    const content = `${lines(epoch(1))}{"type": "slept", "hours": 8}\n${lines(epoch(2))}`;
    writeFileSync(join(path, 'events.jsonl'), content);
    const folder = RunFolder.open(path);
    expect(folder.events.read()).toEqual([epoch(1), epoch(2)]);
    folder.events.keep(() => true);
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toBe(content);
    folder.close();
  });
});

describe('a record torn by a crash', () => {
  it('is mended when the folder is opened, so that the next event stands on a line of its own', () => {
    writeFileSync(join(path, 'events.jsonl'), `${lines(epoch(1))}{"type":"epo`);
    const folder = RunFolder.open(path);
    folder.events.append({ type: 'started', time: 'now' });
    expect(folder.events.read()).toEqual([epoch(1), { type: 'started', time: 'now' }]);
    folder.close();
  });

  it('is named by its line where the damage is not at its end', () => {
    writeFileSync(join(path, 'events.jsonl'), `${lines(epoch(1))}{"type":\n${lines(epoch(2))}`);
    const folder = RunFolder.open(path);
    expect(() => folder.events.read()).toThrow(
      expect.objectContaining({ constructor: DataFormatError, place: { file: join(path, 'events.jsonl'), line: 2 } }),
    );
    folder.close();
  });

  it('is named by its field where an event is not what its type says', () => {
    writeFileSync(join(path, 'events.jsonl'), `${lines(epoch(1))}{"type":"epoch","epoch":"two"}\n`);
    const folder = RunFolder.open(path);
    expect(() => folder.events.read()).toThrow(
      expect.objectContaining({
        constructor: DataFormatError,
        place: { file: join(path, 'events.jsonl'), line: 2, field: 'stage' },
      }),
    );
    folder.close();
  });
});

describe('checkpoints', () => {
  it('keep the newest two, and fall back to the one before a torn one', () => {
    const warnings: string[] = [];
    const folder = RunFolder.open(path, (warning) => warnings.push(warning));
    for (const epoch of [1, 2, 3]) folder.checkpoints.save(epoch, Uint8Array.of(epoch));
    expect(folder.checkpoints.newest()).toMatchObject({ epoch: 3 });
    expect(folder.checkpoints.newest(2)).toMatchObject({ epoch: 2 });
    expect(folder.checkpoints.newest(1)).toBeUndefined();
    rmSync(join(path, 'checkpoints', 'epoch-00003.safetensors.sha256'));
    expect(folder.checkpoints.newest()).toMatchObject({ epoch: 2 });
    expect(folder.events.read()).toMatchObject([{ type: 'warning' }]);
    expect(warnings).toEqual([expect.stringContaining('epoch-00003.safetensors is damaged')]);
    folder.close();
  });

  it('keep the pinned one too', () => {
    const folder = RunFolder.open(path);
    folder.checkpoints.pin(2);
    for (const epoch of [1, 2, 3, 4, 5]) folder.checkpoints.save(epoch, Uint8Array.of(epoch));
    const kept = [5, 4, 3, 2, 1].map((epoch) => folder.checkpoints.newest(epoch)?.epoch);
    expect(kept).toEqual([5, 4, 2, 2, undefined]);
    folder.close();
  });
});

describe('config.json', () => {
  const config = {
    ...configOf({ model: 'nmtm', epochs: 40, modelOptions: { lambda: 0.8 } }),
    versions: { xtm: '0.1.0' },
    paths: { dataset: '/data' },
  };

  it('says its format, and is read back as it was', () => {
    const folder = RunFolder.open(path);
    writeRunConfig(folder, config);
    expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toEqual({ formatVersion: 2, ...config });
    expect(readRunConfig(path)).toEqual(config);
    folder.close();
  });

  it('of a newer format is refused by every reader, and nothing is written beside it', () => {
    writeFileSync(join(path, 'config.json'), JSON.stringify({ formatVersion: 3, settings: 'elsewhere' }));
    for (const read of [readRunConfig, readRunTopics, readRunEvents, readEvaluation, RunFolder.open]) {
      expect(() => read(path)).toThrow(RunFolderError);
      expect(() => read(path)).toThrow('a newer version of xtm wrote it, in format 3; this one reads up to format 2');
      expect(() => read(path)).toThrow(
        expect.objectContaining({ advice: expect.stringContaining('Update xtm') as string }),
      );
    }
    expect(readdirSync(path)).toEqual(['config.json']);
  });

  it('that is not what xtm writes is refused with the field that is wrong', () => {
    writeFileSync(
      join(path, 'config.json'),
      JSON.stringify({ formatVersion: 2, ...config, dataset: { ...config.dataset, fingerprint: 7 } }),
    );
    expect(() => readRunConfig(path)).toThrow('config.json is not what xtm writes: dataset.fingerprint');
    writeFileSync(join(path, 'config.json'), '3');
    expect(() => readRunConfig(path)).toThrow('config.json is not what xtm writes');
  });

  it('lets the same run go on, wherever its data is now', () => {
    const folder = RunFolder.open(path);
    settleRunConfig(folder, config);
    settleRunConfig(folder, { ...config, paths: { dataset: '/elsewhere' }, versions: { xtm: '0.2.0' } });
    folder.close();
  });

  it('refuses other settings and shows every difference', () => {
    const folder = RunFolder.open(path);
    settleRunConfig(folder, config);
    const changed = { ...config, settings: { model: 'nmtm', epochs: 50, modelOptions: { lambda: 0.5 } } };
    expect(() => settleRunConfig(folder, changed)).toThrow(ChangedSettingsError);
    expect(() => settleRunConfig(folder, changed)).toThrow(
      'epochs was 40, is 50; modelOptions.lambda was 0.8, is 0.5',
    );
    folder.close();
  });
});
