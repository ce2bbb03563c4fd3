import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as backbones from '@xtm/backbones';
import * as data from '@xtm/data';
import * as embedder from '@xtm/embedder';
import * as refiner from '@xtm/refiner';
import * as pipeline from './index';
import * as infer from './infer';

const ENGLISH = ['a tree and a flower in the garden', 'flower garden tree', 'the train leaves the station', 'a ticket for the train at the station'];
const GERMAN = ['ein baum und eine blume im garten', 'blume garten baum', 'der zug verlässt den bahnhof', 'ein fahrschein für den zug am bahnhof'];
const DICTIONARY = 'baum tree\nblume flower\ngarten garden\nzug train\nbahnhof station\nfahrschein ticket\n';
const repeated = (texts: readonly string[]) => Array.from({ length: 24 }, (_, i) => texts[i % texts.length]!);

/** The thread runs the packages' sources, as the test does. */
const worker = { entry: join(__dirname, 'testing/source-worker.cjs'), execArgv: ['--conditions=@xtm/source'] };
const packages: Readonly<Record<string, object>> = {
  '@xtm/backbones': backbones,
  '@xtm/data': data,
  '@xtm/embedder': embedder,
  '@xtm/refiner': refiner,
  '@xtm/pipeline/infer': infer,
  '@xtm/pipeline': {
    ...pipeline,
    trainInWorker: (options: pipeline.WorkerTrainOptions, run: pipeline.TrainInWorkerOptions) =>
      pipeline.trainInWorker(options, { ...run, worker }),
  },
};

function examplesOf(file: string): string[] {
  return [...readFileSync(join(__dirname, file), 'utf8').matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code!);
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-readme-'));
  writeFileSync(join(folder, 'dictionary.txt'), DICTIONARY);
  const dataset = await data.prepareCorpus({
    name: 'reviews',
    languages: [{ code: 'en' }, { code: 'de' }],
    documents: [{ language: 'en', texts: repeated(ENGLISH) }, { language: 'de', texts: repeated(GERMAN) }],
    dictionary: join(folder, 'dictionary.txt'),
  });
  await data.writeDataset(join(folder, 'data/reviews'), dataset);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs an example on a small dataset, with few topics and epochs; returns what it logs. */
async function run(example: string): Promise<unknown[][]> {
  const body = example
    .replace(/^import (\{[^}]*\}) from '([^']*)';$/gm, "const $1 = packages['$2'];")
    .replace(/'((?:runs|data)\/[\w-]+|dictionary\.txt)'/g, (_, path: string) => JSON.stringify(join(folder, path)))
    .replace(/numTopics: \d+/g, 'numTopics: 2, epochs: 2');
  const logged: unknown[][] = [];
  const console = { log: (...values: unknown[]) => logged.push(values), error: () => undefined };
  const perform = Function('packages', 'english', 'german', 'console', `return (async () => { ${body} })();`) as (...scope: readonly object[]) => Promise<void>;
  await perform(packages, repeated(ENGLISH), repeated(GERMAN), console);
  return logged;
}

describe('README.md', () => {
  it('has examples that run', async () => {
    const [first, second, third, fourth, ...others] = examplesOf('../README.md');
    expect(others).toEqual([]);
    expect(await run(first!)).toEqual([
      [0, expect.arrayContaining([expect.any(String)]), expect.arrayContaining([expect.any(String)])],
      [1, expect.arrayContaining([expect.any(String)]), expect.arrayContaining([expect.any(String)])],
      ['Gardens'],
    ]);
    const [[mainTopic, shares]] = (await run(second!)) as [[number, number[]]];
    expect(shares[mainTopic]).toBe(Math.max(...shares));
    expect(await run(third!)).toEqual([[2]]);
    // Of the first one's run.
    expect(await run(fourth!)).toEqual([['Gardens', expect.any(Array), [expect.any(Number), expect.any(Number)]]]);
  }, 120_000);

  it('of the whole project has one that runs', async () => {
    const [example] = examplesOf('../../../README.md');
    expect(await run(example!)).toEqual([[expect.any(Array), [expect.objectContaining({ mainTopic: expect.any(Number) })]]]);
  }, 120_000);
});
