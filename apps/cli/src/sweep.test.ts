import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { mean, sampleDeviation } from '@xtm/metrics';
import { readEvaluation, type SweepResults } from '@xtm/pipeline';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
beforeAll(async () => {
  data = await smallDataset();
});
afterAll(() => data.remove());

function flags(...more: readonly string[]): string[] {
  return ['sweep', '--dataset', data.dataset, '--runs-folder', data.folder, '--epochs', '2', '--batch-size', '32', '--classifiers', 'none', '--top-words', '5', ...more];
}

it('runs a grid over settings and seeds, goes on where it stopped, and writes a table and plots', async () => {
  const grid = ['--sweep', 'grid', '--vary', 'numTopics=3,4', '--vary', 'models.nmtm.dictionarySmoothing=0.01,1', '--seeds', '1,2'];
  const folder = join(data.folder, 'grid');
  expect((await runCommand(...flags(...grid, '--dry-run'))).out.split('\n').filter((line) => line.startsWith('missing'))).toHaveLength(8);
  const first = await runCommand(...flags(...grid, '--json'));
  expect(first).toMatchObject({ code: 0, log: expect.stringContaining('8 of 8: ') });
  const events = (): string => readFileSync(join(folder, 'numTopics-3_models.nmtm.dictionarySmoothing-0.01_seed-1', 'events.jsonl'), 'utf8');
  const before = events();
  const again = await runCommand(...flags(...grid, '--json'));
  expect(JSON.parse(again.out)).toEqual(JSON.parse(first.out));
  expect(events()).toBe(before);

  const results = JSON.parse(readFileSync(join(folder, 'sweep.json'), 'utf8')) as SweepResults;
  expect(results.rows.map(({ cell }) => Object.values(cell))).toEqual([[3, 0.01], [3, 1], [4, 0.01], [4, 1]]);
  const values = [1, 2].map((seed) => readEvaluation(join(folder, `numTopics-4_models.nmtm.dictionarySmoothing-1_seed-${seed}`)).measures.npmi!.mean);
  expect(results.rows[3]!.figures['npmi']).toEqual({ mean: expect.closeTo(mean(values), 10), deviation: expect.closeTo(sampleDeviation(values), 10), runs: 2 });
  const csv = parse(readFileSync(join(folder, 'sweep.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
  expect(csv.find((row) => row['figure'] === 'npmi' && row['numTopics'] === '4')).toMatchObject({ 'models.nmtm.dictionarySmoothing': '0.01', runs: '2' });

  const page = readFileSync(join(folder, 'sweep.html'), 'utf8');
  expect(page).toContain('held-out NPMI');
  expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(4);
  expect(page).toContain('default-src \'none\'');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
}, 120_000);

it('varies phase 2 on a phase 1 that is there', async () => {
  expect(await runCommand(...flags().map((flag) => (flag === 'sweep' ? 'run' : flag)), '--num-topics', '3', '--seed', '7', '--run', 'base')).toMatchObject({ code: 0 });
  const result = await runCommand('sweep', '--from', join(data.folder, 'base'), '--runs-folder', data.folder, '--sweep', 'phase2', '--refine-epochs', '1', '--vary', 'refinement.rounds=1,2', '--figures', 'topicUniq');
  expect(result).toMatchObject({ code: 0, out: expect.stringMatching(/rounds.*topic uniqueness/) });
  expect(result.out.split('\n').filter((line) => /^ +\d/.test(line))).toHaveLength(2);
  expect(readFileSync(join(data.folder, 'phase2', 'rounds-1_seed-7', 'config.json'), 'utf8')).toContain('"phaseOne": "base"');
}, 120_000);

it('goes on when a run fails, and checks the whole grid before the first', async () => {
  const result = await runCommand(...flags('--sweep', 'failing', '--vary', 'numTopics=3', '--vary', 'embedder=aligned,precomputed', '--model', 'gloctm', '--figures', 'topicUniq'));
  expect(result).toMatchObject({ code: 1, out: expect.stringMatching(/aligned/), log: expect.stringContaining('failed: ') });
  expect(result.out.split('\n').filter((line) => /^ +\d/.test(line))).toHaveLength(1);
  expect(await runCommand(...flags('--sweep', 'wrong', '--vary', 'numTopics=3', '--vary', 'models.nmtm.dropout=0.1,2'))).toMatchObject({ code: 2 });
  expect(existsSync(join(data.folder, 'wrong'))).toBe(false);
}, 120_000);

it('keeps the options of each model apart, so that models can be compared with options of their own', async () => {
  const result = await runCommand(...flags('--sweep', 'models', '--vary', 'model=nmtm,u-svd', '--vary', 'models.nmtm.dropout=0.2', '--dry-run'));
  expect(result).toMatchObject({ code: 0 });
  expect(result.out.split('\n').filter((line) => line.startsWith('missing'))).toHaveLength(2);
}, 60_000);

it.each([
  [['--vary', 'numTopics'], 'name=value'],
  [['--vary', 'numTopics=3,3'], 'each value once'],
  [['--vary', 'seed=1,2'], '--seeds'],
  [['--vary', 'topicCount=3,4'], 'there is no setting topicCount'],
  [['--vary', 'models.nmtm.dropout=0.1,2'], 'in the run models.nmtm.dropout-2_seed-0'],
  [['--vary', 'models.nmtn.dropout=0.1'], 'must name one of nmtm'],
  [['--vary', 'numTopics=3', '--vary', 'numTopics=4'], 'varied twice'],
  [['--vary', 'numTopics=3', '--seeds', '1,1'], 'each once'],
  [[], '--vary'],
])('refuses %j', async (more, message) => {
  expect(await runCommand(...flags(...more))).toMatchObject({ code: 2, log: expect.stringContaining(message) });
});
