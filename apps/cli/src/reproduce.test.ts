import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FilledTable } from '@xtm/reproduce';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
let runs: string;
let out: string;

/** The planted corpus in the place and layout of Rakuten Amazon. */
beforeAll(async () => {
  data = await smallDataset();
  runs = join(data.folder, 'runs');
  out = join(data.folder, 'reproduced');
  const folder = join(data.folder, 'Rakuten_Amazon');
  cpSync(data.dataset, folder, { recursive: true });
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(folder, name.replace('_cn', '_ja')));
  mkdirSync(join(data.folder, 'dict', 'MUSE'), { recursive: true });
  renameSync(join(folder, 'dictionary.txt'), join(data.folder, 'dict', 'MUSE', 'ja-en.txt'));
  for (const name of ['dataset.json', 'preprocessing.json']) rmSync(join(folder, name), { force: true });
});
afterAll(() => data.remove());

const reproduce = (table: string, ...flags: string[]): ReturnType<typeof runCommand> =>
  runCommand('reproduce', table, '--dataset', 'rakuten-amazon', '--quick', '--runs-folder', runs, '--datasets-folder', data.folder, '--out', out, ...flags);

const ABLATIONS = ['', '-without-doc-align', '-without-mmd', '-without-self-consistency', '-with-optimal-transport'];
const NAMES = ['rakuten-amazon-nmtm-0-quick', ...ABLATIONS.map((ending) => `rakuten-amazon-nmtm-0-quick-refined${ending}`)];

it('lists the runs that a table needs, then trains them, fills the table and writes it in three formats', async () => {
  const plan = await reproduce('table3', '--dry-run');
  expect(plan).toMatchObject({ code: 0, log: '' });
  expect(plan.out.split('\n').slice(1, 7).map((line) => line.split(/\s+/).slice(0, 2))).toEqual(NAMES.map((name) => [name, 'missing']));
  expect(existsSync(runs)).toBe(false);

  const { code, out: markdown } = await reproduce('table3', '--threads', '2');
  expect(code).toBe(0);
  expect(readdirSync(runs).sort()).toEqual([...NAMES].sort());
  expect(markdown).toContain('Quick look');
  expect(markdown).toMatch(/\| NMTM \| ours, linear SVM; seed 0; 10 epochs in place of 230 \| \[\d\] \| 0\.\d{3} \|/);
  const settingsOf = (name: string): unknown => (JSON.parse(readFileSync(join(runs, name, 'config.json'), 'utf8')) as { settings: { refinement: unknown } }).settings.refinement;
  expect(settingsOf(NAMES[2]!)).toMatchObject({ alignment: 'none', wordLoss: 'mmd', rounds: 5, epochs: 2 });
  expect(settingsOf(NAMES[5]!)).toMatchObject({ wordLoss: 'transport' });

  const [table, latex] = ['json', 'tex'].map((ending) => readFileSync(join(out, `table3.${ending}`), 'utf8'));
  expect(`${markdown.trimEnd()}\n`).toBe(readFileSync(join(out, 'table3.md'), 'utf8'));
  expect(latex).toContain('\\begin{tabular}{llrrrrrr}');
  const { sections } = JSON.parse(table!) as FilledTable;
  const ours = sections[0]!.lines.find(({ method, kind }) => method === 'NMTM' && kind === 'ours')!;
  const metrics = JSON.parse(readFileSync(join(runs, NAMES[0]!, 'metrics.json'), 'utf8')) as { measures: { topicUniqueness: { mean: number } } };
  expect(ours.cells[1]).toEqual({ value: metrics.measures.topicUniqueness.mean });
}, 300_000);

it('uses the runs that are there', async () => {
  const again = await reproduce('table3');
  expect(again.code).toBe(0);
  expect(again.log.split('\n').filter((line) => line.includes('rakuten-amazon-nmtm'))).toEqual([]);
});

it('says how to get a benchmark that is not there', async () => {
  const missing = await runCommand('reproduce', 'table9', '--quick', '--runs-folder', runs, '--datasets-folder', join(data.folder, 'nowhere'), '--out', out);
  expect(missing).toMatchObject({ code: 1, log: expect.stringContaining('xtm datasets fetch amazon-review') as string });
});

it('keeps runs without the places of this machine, and writes the page of them', async () => {
  const [kept, page] = [join(data.folder, 'kept'), join(data.folder, 'results.md')];
  const { code } = await runCommand('reproduce', 'results', '--from', kept, '--out', page, '--add', join(runs, NAMES[0]!));
  expect(code).toBe(0);
  expect(readdirSync(join(kept, NAMES[0]!)).sort()).toEqual(['config.json', 'metrics.json']);
  expect(readFileSync(join(kept, NAMES[0]!, 'config.json'), 'utf8')).not.toContain(data.folder);
  expect(readFileSync(page, 'utf8')).toMatch(/^# Results/);
});

it('is what docs/results.md was written from', async () => {
  const [docs, page] = [resolve(__dirname, '../../../docs'), join(data.folder, 'again.md')];
  await runCommand('reproduce', 'results', '--from', join(docs, 'results'), '--out', page);
  expect(readFileSync(page, 'utf8')).toBe(readFileSync(join(docs, 'results.md'), 'utf8'));
});
