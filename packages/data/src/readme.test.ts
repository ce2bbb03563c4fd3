import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as data from './index';
import { temporaryFolder, type TemporaryFolder } from './testing';

/** Runs an example's code with the package's exports in the place of its import, and returns what it logs. */
async function runExample(code: string): Promise<unknown[][]> {
  const logged: unknown[][] = [];
  const body = code.replace(/^import (\{[^}]*\}) from '@xtm\/data';$/m, 'const $1 = data;');
  const run = Function('data', 'console', `return (async () => { ${body} })();`) as (exports: typeof data, output: Pick<Console, 'log'>) => Promise<void>;
  await run(data, { log: (...values: unknown[]) => logged.push(values) });
  return logged;
}

describe('README.md', () => {
  let folder: TemporaryFolder;
  const start = process.cwd();
  beforeAll(async () => {
    folder = await temporaryFolder();
    process.chdir(folder.path);
  });
  afterAll(async () => {
    process.chdir(start);
    await folder.remove();
  });

  it('has an example that runs', async () => {
    const words = 'review,stars\nA quiet keyboard,5\nThe keyboard broke,1\nQuiet and cheap,4\nA cheap mouse,3\nThe mouse broke,1\n';
    await folder.write('reviews_en.csv', words);
    await folder.write('reviews_zh.jsonl', ['键盘很安静', '鼠标坏了', '键盘坏了', '鼠标便宜', '安静又便宜'].map((text) => `${JSON.stringify({ text })}\n`).join(''));
    await folder.write('pairs.txt', '键盘 keyboard\n鼠标 mouse\n安静 quiet\n便宜 cheap\n');
    const example = /```ts\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const logged = await runExample(example);
    expect(logged[0]![0]).toBe(4);
    expect(logged[1]).toEqual([2]);
  });
});
