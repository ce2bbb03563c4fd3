import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BATCH = 50;

describe('embedAll in a process that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-killed-'));
  const program = join(folder, 'program.cjs');
  const log = join(folder, 'log.jsonl');

  beforeAll(() => {
    const esbuild = require.resolve('esbuild/bin/esbuild');
    const source = resolve(__dirname, 'testing/embed-numbers.ts');
    const { status } = spawnSync(esbuild, [source, '--bundle', '--platform=node', '--conditions=@xtm/source', `--outfile=${program}`]);
    expect(status).toBe(0);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function batches(): string[][] {
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n').filter((line) => line.endsWith(']'));
    return lines.map((line) => JSON.parse(line) as string[]);
  }

  it('embeds no text twice but those of the last batch', async () => {
    for (const killAfter of [30, 90]) {
      const child = spawn(process.execPath, [program, folder, log], { stdio: 'ignore' });
      const ended = new Promise((done) => child.once('exit', done));
      while (batches().length < killAfter) await sleep(2);
      child.kill('SIGKILL');
      await ended;
    }
    const last = spawnSync(process.execPath, [program, folder, log], { encoding: 'utf8' });
    expect(last.stdout).toBe('true');
    const times = new Map<string, number>();
    for (const text of batches().flat()) times.set(text, (times.get(text) ?? 0) + 1);
    expect(times.size).toBe(10_000);
    expect([...times.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(2 * BATCH);
    const calls = batches().length;
    spawnSync(process.execPath, [program, folder, log]);
    expect(batches()).toHaveLength(calls);
  }, 60_000);
});
