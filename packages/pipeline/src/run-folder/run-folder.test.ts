import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormatError, MissingFileError, RunFolderError } from '@xtm/contracts';
import { ChangedSettingsError, settleRunConfig, type RunConfig } from './run-config';
import { readRunJson, RunFolder } from './run-folder';

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'xtm-folder-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

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

  it('is taken over when another process got the dead holder\'s number', () => {
    writeFileSync(join(path, 'lock.json'), JSON.stringify({ pid: process.pid, host: hostname(), since: 'yesterday', processStart: '1' }));
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
    folder.writeJson('topics.json', { topics: [] });
    expect(folder.readJson('topics.json')).toEqual({ topics: [] });
    expect(existsSync(join(path, 'topics.json.0a1b.tmp'))).toBe(false);
    expect(existsSync(join(path, 'checkpoints', 'epoch-00001.safetensors.0a1b.tmp'))).toBe(false);
    folder.close();
  });

  it('that are missing or broken are named', () => {
    expect(() => readRunJson(path, 'topics.json')).toThrow(MissingFileError);
    writeFileSync(join(path, 'topics.json'), '{"topics": [');
    expect(() => readRunJson(path, 'topics.json')).toThrow('topics.json is not valid JSON');
  });

  it('cannot be under a path that is a file', () => {
    writeFileSync(join(path, 'file'), '');
    expect(() => RunFolder.open(join(path, 'file', 'run'))).toThrow('a part of the path is a file');
  });
});

describe('events', () => {
  it('survive a torn last line', () => {
    const folder = RunFolder.open(path);
    folder.events.append({ type: 'epoch', epoch: 1 });
    appendFileSync(join(path, 'events.jsonl'), '{"type":"epoch","ep');
    expect(folder.events.read()).toEqual([{ type: 'epoch', epoch: 1 }]);
    folder.events.keep(() => true);
    folder.events.append({ type: 'epoch', epoch: 2 });
    expect(readFileSync(join(path, 'events.jsonl'), 'utf8')).toBe('{"type":"epoch","epoch":1}\n{"type":"epoch","epoch":2}\n');
    folder.close();
  });
});

describe('a record torn by a crash', () => {
  it('is mended when the folder is opened, so that the next event stands on a line of its own', () => {
    writeFileSync(join(path, 'events.jsonl'), '{"type":"epoch","epoch":1}\n{"type":"epo');
    const folder = RunFolder.open(path);
    folder.events.append({ type: 'started' });
    expect(folder.events.read()).toEqual([{ type: 'epoch', epoch: 1 }, { type: 'started' }]);
    folder.close();
  });

  it('is named by its line where the damage is not at its end', () => {
    writeFileSync(join(path, 'events.jsonl'), '{"type":"epoch"}\n{"type":\n{"type":"epoch"}\n');
    const folder = RunFolder.open(path);
    expect(() => folder.events.read()).toThrow(expect.objectContaining({ constructor: DataFormatError, place: { file: join(path, 'events.jsonl'), line: 2 } }));
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
});

describe('config.json', () => {
  const config: RunConfig = {
    settings: { model: 'nmtm', epochs: 40, modelOptions: { lambda: 0.8 } },
    sources: {},
    dataset: { fingerprint: 'abc' },
    backend: { name: 'wasm', path: 'kernels' },
    versions: { xtm: '0.1.0' },
    paths: { dataset: '/data' },
  };

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
    expect(() => settleRunConfig(folder, changed)).toThrow('epochs was 40, is 50; modelOptions.lambda was 0.8, is 0.5');
    folder.close();
  });
});
