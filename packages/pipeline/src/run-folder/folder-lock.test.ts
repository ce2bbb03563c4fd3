import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RunFolder } from './run-folder';

const PROCESSES = 6;

const root = mkdtempSync(join(tmpdir(), 'xtm-lock-'));
const program = join(root, 'hold-folder.cjs');
const dead = { pid: spawnSync(process.execPath, ['-e', '0']).pid, host: hostname(), since: 'yesterday' };

beforeAll(() => {
  const esbuild = require.resolve('esbuild/bin/esbuild');
  const source = resolve(__dirname, '../testing/hold-folder.ts');
  expect(
    spawnSync(esbuild, [source, '--bundle', '--platform=node', '--conditions=@xtm/source', `--outfile=${program}`])
      .status,
  ).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Has processes open the folder at the same time; returns what each wrote, in order. */
async function race(folder: string): Promise<string[]> {
  const log = `${folder}.log`;
  const startAt = Date.now() + 1000;
  const ends = Array.from({ length: PROCESSES }, () => {
    const child = spawn(process.execPath, [program, folder, log, String(startAt)], { stdio: 'ignore' });
    return new Promise<number | null>((done) => child.once('exit', done));
  });
  expect(await Promise.all(ends)).toEqual(Array(PROCESSES).fill(0));
  return readFileSync(log, 'utf8').trimEnd().split('\n');
}

it.each([
  ['a new folder', () => undefined],
  ['the lock of a dead process', (folder: string) => writeFileSync(join(folder, 'lock.json'), JSON.stringify(dead))],
  ['a lock that nobody can read', (folder: string) => writeFileSync(join(folder, 'lock.json'), '{"pid":')],
  [
    "the lock of a process that died while it took over a dead one's",
    (folder: string) => {
      writeFileSync(join(folder, 'lock.json'), JSON.stringify(dead));
      writeFileSync(join(folder, 'lock.json.takeover'), JSON.stringify(dead));
    },
  ],
])(
  'of processes that race for %s one holds the folder at a time, and the others are told who',
  async (name, prepare) => {
    const folder = join(root, name.replace(/\W/g, '-'));
    mkdirSync(folder);
    prepare(folder);
    const lines = await race(folder);
    expect(lines.some((line) => line.endsWith(' holds'))).toBe(true);
    let holder: string | undefined;
    for (const line of lines) {
      const [pid] = line.split(' ');
      if (line.endsWith(' holds')) {
        expect(holder).toBeUndefined();
        holder = pid;
      } else if (line.endsWith(' leaves')) {
        expect(pid).toBe(holder);
        holder = undefined;
      } else expect(line).toMatch(/is refused: .*: in use by process \d+ on /);
    }
    expect(readdirSync(folder)).toEqual([]);
  },
  60_000,
);

it('a lock that is not ours any more is left to its holder', () => {
  const folder = RunFolder.open(join(root, 'lost'));
  const other = JSON.stringify({ pid: process.pid, host: 'elsewhere.example', since: 'now' });
  writeFileSync(join(root, 'lost', 'lock.json'), other);
  folder.close();
  expect(readFileSync(join(root, 'lost', 'lock.json'), 'utf8')).toBe(other);
});
