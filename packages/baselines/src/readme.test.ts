import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as data from '@xtm/data';
import * as numeric from '@xtm/numeric';
import * as baselines from './index';
import { syntheticCorpus } from './testing/synthetic-corpus';

/** Writes a corpus drawn from six topics in the benchmark layout. */
async function writeReviews(folder: string): Promise<void> {
  const { corpus, dictionary } = syntheticCorpus({ generator: new numeric.SeededGenerator(1) }).resources;
  await mkdir(folder);
  const [first, second] = corpus.languages;
  for (const { language, vocabulary, train } of corpus.languages) {
    await writeFile(join(folder, `vocab_${language.suffix}`), vocabulary.map((word) => `${word}\n`).join(''));
    await writeFile(join(folder, `train_bow_matrix_${language.suffix}.npz`), data.writeSparseMatrix(train.rows));
  }
  const pairs = Array.from(dictionary.first, (word, i) => `${second!.vocabulary[dictionary.second[i]!]} ${first!.vocabulary[word]}\n`);
  await writeFile(join(folder, 'pairs.txt'), pairs.join(''));
  const languages = corpus.languages.map(({ language }) => language);
  await writeFile(join(folder, 'dataset.json'), JSON.stringify({ languages, dictionary: 'pairs.txt' }));
}

it('the README has an example that runs', async () => {
  const readme = await readFile(join(__dirname, '../README.md'), 'utf8');
  const start = process.cwd();
  const folder = await mkdtemp(join(tmpdir(), 'baselines-'));
  await writeReviews(join(folder, 'reviews'));
  const body = /```js\n([^]*?)```/.exec(readme)![1]!.replace(/^import (\{[^}]*\}) from '@xtm\/(\w+)';$/gm, 'const $1 = $2;');
  const run = Function('baselines', 'data', 'numeric', 'console', `return (async () => { ${body} })();`) as (...scope: readonly unknown[]) => Promise<void>;
  const lines: unknown[] = [];
  process.chdir(folder);
  await run(baselines, data, numeric, { log: (line: unknown) => lines.push(line) }).finally(() => process.chdir(start));
  await rm(folder, { recursive: true });
  expect(lines).toHaveLength(7);
  expect(lines.slice(0, 6)).toEqual(new Array(6).fill(expect.stringMatching(/^(en\d+ ){4}en\d+ \| (de\d+ ){4}de\d+$/)));
  expect(lines[6]).toBe(5);
});
