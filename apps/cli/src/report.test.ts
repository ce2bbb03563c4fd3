import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
beforeAll(async () => {
  data = await smallDataset();
  for (const seed of ['0', '1']) {
    const { code, log } = await runCommand('run', '--dataset', data.dataset, '--num-topics', '4', '--epochs', '2', '--seed', seed, '--classifiers', 'none', '--runs-folder', data.folder, '--run', `run-${seed}`);
    expect({ code, log }).toMatchObject({ code: 0 });
  }
});
afterAll(() => data.remove());

it('writes report.html into the run\'s folder, with documents as far as the dataset is there', async () => {
  const run = join(data.folder, 'run-0');
  expect(await runCommand('report', run)).toMatchObject({ code: 0, log: '', out: expect.stringContaining(join(run, 'report.html')) as string });
  const page = readFileSync(join(run, 'report.html'), 'utf8');
  expect(page).not.toContain('was not at hand');

  expect(await runCommand('report', run, '--no-documents', '--json')).toMatchObject({ code: 0, log: '' });
  expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('was not at hand');

  renameSync(data.dataset, `${data.dataset}-moved`);
  expect(await runCommand('report', run)).toMatchObject({ code: 0, log: expect.stringContaining('without documents') as string });
  expect(await runCommand('report', run, '--dataset', `${data.dataset}-moved`)).toMatchObject({ code: 0, log: '' });
  expect(await runCommand('report', run, '--dataset', data.dataset)).toMatchObject({ code: 1 });
});

it('compares several runs', async () => {
  const runs = ['run-0', 'run-1'].map((name) => join(data.folder, name));
  const out = join(data.folder, 'both.html');
  expect(await runCommand('report', ...runs, '--out', out)).toMatchObject({ code: 0, log: '' });
  expect(existsSync(out)).toBe(true);
  expect(await runCommand('report', ...runs, '--dataset', data.dataset)).toMatchObject({ code: 2 });
  expect(await runCommand('report', join(data.folder, 'nothing'))).toMatchObject({ code: 1 });
});
