import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPreprocessing, loadDataset, writeDataset } from '@xtm/data';
import { PlantedRuns } from './testing/planted-run';
import { writeReport } from './write-report';

const runs = new PlantedRuns();
afterAll(() => runs.remove());

it('the README has an example that runs', async () => {
  const { path: run, corpus } = await runs.write('reviews');
  const dataset = join(run, '..', 'data');
  const languages = corpus.languages.map(({ language }) => language);
  await writeDataset(dataset, { corpus, descriptor: { languages }, preprocessing: defaultPreprocessing(languages, 'whitespace'), warnings: [] });

  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  const example = /```js\n([^]*?)```/.exec(readme)![1]!;
  const body = example.replaceAll(/^import .*$/gm, '').replace("'data/reviews'", 'dataset').replace("'runs/reviews'", 'run');
  const printed: unknown[] = [];
  const execute = Function('loadDataset', 'writeReport', 'dataset', 'run', 'console', `return (async () => { ${body} })();`) as (...values: unknown[]) => Promise<void>;
  await execute(loadDataset, writeReport, dataset, run, { log: (...values: unknown[]) => printed.push(...values) });
  expect(printed).toEqual([join(run, 'report.html'), readFileSync(join(run, 'report.html')).length]);
});
