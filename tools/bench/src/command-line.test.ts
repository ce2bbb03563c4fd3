import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './command-line';
import { readReport, writeReport } from './report';
import { tasksHere } from './worker-process';

const SMALL = ['--documents', '30', '--vocabulary', '50', '--topics', '3', '--batch-size', '10', '--dimensions', '8', '--steps', '2', '--warmup', '1'];

const folder = mkdtempSync(join(tmpdir(), 'xtm-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function bench(...args: readonly string[]) {
  const [printed, notes] = [[] as string[], [] as string[]];
  const code = await main(args, tasksHere, { print: (text) => void printed.push(text), note: (text) => void notes.push(text) });
  return { code, table: printed.join('\n'), notes: notes.join('\n') };
}

describe('bench', () => {
  it('prints a line for each stage that is asked for, each backend and path', async () => {
    const { code, table } = await bench('enco', '--filter', 'decoder', '--backend', 'wasm,cpu', ...SMALL);
    expect(code).toBe(0);
    const lines = table.split('\n').map((line) => line.split(/\s{2,}/).slice(0, 3).join(' '));
    expect(lines).toEqual(['stage backend path', 'encoder wasm kernels', 'encoder wasm plain', 'encoder cpu plain', 'decoder-loss wasm kernels', 'decoder-loss wasm plain', 'decoder-loss cpu plain']);
    expect(table).toContain('× plain');
    expect(table).not.toContain('× other');
  });

  it('writes its figures and compares with them', async () => {
    const file = join(folder, 'before.json');
    await bench('nmtm', '--path', 'kernels', '--json', file, ...SMALL);
    const before = readReport(file);
    expect(before.workload).toMatchObject({ documents: 30, vocabulary: 50, topics: 3 });
    expect(before.results).toHaveLength(1);
    expect(before.results[0]).toMatchObject({ stage: 'nmtm', backend: 'wasm', path: 'kernels', steps: 2 });
    expect(before.results[0]!.nonzeros).toBeGreaterThan(30);

    const slow = { median: 1e6, low: 1e6, high: 1e6 };
    writeReport(file, { ...before, results: before.results.map((result) => ({ ...result, cpu: slow })) });
    const { table, notes } = await bench('nmtm', '--path', 'kernels', '--against', file, ...SMALL);
    expect(table.split('\n')[1]).toMatch(/1000000\s+0\.00$/);
    expect(notes).not.toContain('with care');
  });

  it('says when the other figures are of another workload', async () => {
    const file = join(folder, 'other.json');
    await bench('adam', '--path', 'plain', '--optimiser-parameters', '100', '--json', file, ...SMALL);
    const { notes } = await bench('adam', '--path', 'plain', '--optimiser-parameters', '200', '--against', file, ...SMALL);
    expect(notes).toContain('another workload');
  });

  it('follows a training step as documents, words and topics grow', async () => {
    const file = join(folder, 'scaling.json');
    const { table } = await bench('--scaling', '--path', 'kernels', '--json', file, ...SMALL);
    const workloads = ['unchanged', 'documents ×2', 'documents ×4', 'documents ×8', 'vocabulary ×2', 'vocabulary ×4', 'topics ×2', 'topics ×4'];
    expect(table.split('\n').slice(1).map((line) => line.split(/\s{2,}/)[0])).toEqual(workloads);
    const nonzeros = readReport(file).results.map((result) => result.nonzeros!);
    expect(nonzeros[3]! / nonzeros[0]!).toBeGreaterThan(6);
    expect(nonzeros[6]).toBe(nonzeros[0]);
  });

  it('profiles the stages that are named, one backend and path after the other', async () => {
    const file = join(folder, 'profile.json');
    const { code, table } = await bench('profile', 'nmtm', 'mmd', '--path', 'both', '--threads', '1', '--json', file, ...SMALL);
    expect(code).toBe(0);
    expect(table.split('\n').filter((line) => line.includes(' per step'))).toEqual([
      expect.stringMatching(/^nmtm on wasm \(kernels\), 1 thread: .* ms per step, mean of 2$/),
      expect.stringMatching(/^nmtm on wasm \(plain\)/),
      expect.stringMatching(/^mmd on wasm \(kernels\)/),
      expect.stringMatching(/^mmd on wasm \(plain\)/),
    ]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ profiles: [{ stage: 'nmtm', threads: 1, steps: 2 }, {}, {}, {}] });
  });

  it.each([
    ['a profile of nothing', ['profile'], /missing required argument/],
    ['an unknown flag of a profile', ['profile', 'nmtm', '--scaling'], /unknown option/],
    ['an unknown flag', ['--sped'], /unknown option/],
    ['an unknown stage', ['lda'], /no stage's name contains lda/],
    ['an unknown backend', ['--backend', 'webgpu'], /^error: backend/],
    ['a path that the backend lacks', ['--backend', 'cpu', '--path', 'kernels'], /cpu has plain operations only/],
    ['stages beside scaling', ['adam', '--scaling'], /in place of the stages/],
    ['a size that is none', ['--documents', '0'], /^error: documents/],
    ['a number that is none', ['--steps', 'many'], /^error: steps: must be a number/],
    ['a dataset without a dictionary', ['--dataset', 'somewhere'], /^error: dictionary/],
    ['a dictionary without a dataset', ['--dictionary', 'somewhere'], /^error: dataset/],
    ['sizes of a dataset', ['--dataset', 'somewhere', '--dictionary', 'other', '--documents', '5'], /a dataset has its own/],
  ])('refuses %s', async (_name, args, message) => {
    const { code, table, notes } = await bench(...args);
    expect(code).toBe(2);
    expect(table).toBe('');
    expect(notes).toMatch(message);
  });

  it('refuses, before it measures, to compare with what is no report', async () => {
    const file = join(folder, 'no-report.json');
    writeFileSync(file, '{}');
    expect(await bench('nmtm', '--against', file)).toMatchObject({ code: 1, notes: expect.stringContaining('not a report') });
    expect(await bench('nmtm', '--against', join(folder, 'nothing.json'))).toMatchObject({ code: 1, notes: expect.stringContaining('not found') });
    expect(readFileSync(file, 'utf8')).toBe('{}');
  });
});
