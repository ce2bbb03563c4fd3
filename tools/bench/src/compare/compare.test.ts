import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../command-line';
import { tasksHere } from '../worker-process';
import { type Comparison, formatComparisons, type Run } from './comparison-table';

const folder = mkdtempSync(join(tmpdir(), 'xtm-compare-'));
const script = join(folder, 'steps.mjs');
const calls = join(folder, 'calls.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of the same protocol as the one in Python, which notes what it is called with. */
const STEPS = `
  import { appendFileSync } from 'node:fs';
  import { parseArgs } from 'node:util';
  const names = ['model', 'formulation', 'threads', 'steps', 'warmup', 'seconds', 'documents', 'vocabulary', 'topics', 'batch-size', 'dimensions', 'seed'];
  const options = Object.fromEntries([...names.map((name) => [name, { type: 'string' }]), ['json', { type: 'boolean' }]]);
  const { values } = parseArgs({ options });
  appendFileSync(${JSON.stringify(calls)}, JSON.stringify(values) + '\\n');
  const wall = { median: values.formulation === 'published' ? 4e6 : 1e6, low: 1, high: 2 };
  console.log(JSON.stringify({ steps: 3, wall, cpu: wall, peakMemory: 2 ** 40, importMemory: 2 ** 29, versions: 'PyTorch 0' }));
`;

const SMALL = ['--documents', '30', '--vocabulary', '50', '--topics', '3', '--batch-size', '10', '--dimensions', '8', '--steps', '2', '--warmup', '1'];

async function compare(...args: readonly string[]) {
  const [printed, notes] = [[] as string[], [] as string[]];
  const output = { print: (text: string) => void printed.push(text), note: (text: string) => void notes.push(text) };
  const code = await main(['compare', ...args, '--script', script, ...SMALL], tasksHere, output);
  return { code, printed: printed.join('\n'), notes };
}

describe('compare', () => {
  it('lets all contestants run in turn, as often as asked, and sets xtm against each formulation', async () => {
    writeFileSync(script, STEPS);
    const json = join(folder, 'figures.json');
    const { code, printed, notes } = await compare('nmtm', '--python', process.execPath, '--threads', '1,2', '--pairs', '2', '--json', json);
    expect(code).toBe(0);
    const order = ['published', 'idiomatic', 'wasm'];
    expect(notes.slice(0, -1).map((note) => note.replace(/:.*/, ''))).toEqual(
      [1, 2].flatMap((threads) => [1, 2].flatMap((pair) => order.map((name) => `nmtm, threads ${threads}, ${pair}/2, ${name}`))),
    );
    const asked = readFileSync(calls, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as object);
    expect(asked).toHaveLength(8);
    expect(asked[0]).toEqual({
      json: true, model: 'nmtm', formulation: 'published', threads: '1', steps: '2', warmup: '1', seconds: '20',
      documents: '30', vocabulary: '50', topics: '3', 'batch-size': '10', dimensions: '8', seed: '0',
    });
    expect(asked.at(-1)).toMatchObject({ formulation: 'idiomatic', threads: '2' });
    const lines = printed.split('\n');
    expect(lines[0]).toBe('| backbone | threads | PyTorch, published, ms | PyTorch, idiomatic, ms | xtm, wasm, ms | published / wasm | idiomatic / wasm |');
    expect(lines[2]).toMatch(/^\| nmtm \| 1 \| 4000000 \(4000000–4000000\) \| 1000000 \(/);
    expect(lines[5]).toContain('xtm, wasm, peak MiB');
    expect(lines[7]).toMatch(/^\| nmtm \| 1 \| 1048576 \(512 by import\) \| 1048576 \(512 by import\) \| \d+ \| 0.00 \| 0.00 \|$/);
    const report = JSON.parse(readFileSync(json, 'utf8')) as { readonly comparisons: Comparison[] };
    expect(report.comparisons.map(({ model, threads, runs }) => [model, threads, runs['wasm']!.length])).toEqual([['nmtm', 1, 2], ['nmtm', 2, 2]]);
    expect(report.comparisons[0]!.runs['published']![0]).toEqual({ milliseconds: 4e6, processorMilliseconds: 4e6, peakMemory: 2 ** 40, importMemory: 2 ** 29, versions: 'PyTorch 0' });
  });

  it('says why PyTorch could not be timed, and what would help', async () => {
    writeFileSync(script, `console.error("Traceback\\nModuleNotFoundError: No module named 'torch'"); process.exit(1);`);
    const { code, notes } = await compare('nmtm', '--python', process.execPath);
    expect(code).toBe(1);
    expect(notes).toEqual(["error: nmtm in PyTorch, published: ModuleNotFoundError: No module named 'torch'", expect.stringContaining('pip install torch numpy')]);
  });

  it('refuses figures that are none', async () => {
    writeFileSync(script, `console.log('{}');`);
    const { code, notes } = await compare('nmtm', '--python', process.execPath);
    expect(code).toBe(1);
    expect(notes[0]).toContain('printed no figures');
  });

  it.each([
    ['an unknown backbone', ['lda'], /^error: models: .*nmtm/],
    ['an unknown formulation', ['--formulation', 'dense'], /^error: formulation/],
    ['threads that are none', ['--threads', '1,x'], /^error: threads/],
    ['a dataset', ['--dataset', 'somewhere'], /unknown option/],
  ])('refuses %s', async (_name, args, message) => {
    const { code, notes } = await compare(...args);
    expect(code).toBe(2);
    expect(notes[0]).toMatch(message);
  });

  it('needs the program', async () => {
    rmSync(script);
    expect(await compare('nmtm')).toMatchObject({ code: 1, notes: [expect.stringContaining('not found'), expect.anything()] });
  });
});

describe('formatComparisons', () => {
  const runs = (figures: readonly number[], mebibytes: number): Run[] =>
    figures.map((milliseconds) => ({ milliseconds, processorMilliseconds: milliseconds, peakMemory: mebibytes * 2 ** 20, versions: '' }));
  const comparison: Comparison = {
    model: 'nmtm',
    threads: 1,
    runs: { published: runs([60, 400, 90], 2000), wasm: runs([10, 40, 30], 250), native: runs([5, 5, 5], 500) },
  };

  it('has medians and ranges, of ratios too, in each run beside the other', () => {
    const [times, memory] = formatComparisons([comparison], { formulations: ['published'], backends: ['wasm', 'native'] }).split('\n\n');
    expect(times!.split('\n')).toEqual([
      '| backbone | threads | PyTorch, published, ms | xtm, wasm, ms | xtm, native, ms | published / wasm | published / native |',
      '|---|---|---|---|---|---|---|',
      '| nmtm | 1 | 90.0 (60.0–400) | 30.0 (10.0–40.0) | 5.00 (5.00–5.00) | 6.00 (3.00–10.0) | 18.0 (12.0–80.0) |',
    ]);
    expect(memory!.split('\n')).toEqual([
      '| backbone | threads | PyTorch, published, peak MiB | xtm, wasm, peak MiB | xtm, native, peak MiB | wasm / published | native / published |',
      '|---|---|---|---|---|---|---|',
      '| nmtm | 1 | 2000 | 250 | 500 | 0.13 | 0.25 |',
    ]);
  });
});
