import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as embedder from './index';

it('README.md has an example that runs', async () => {
  const logged: number[][] = [];
  const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
  const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/embedder';$/m, 'const $1 = library;');
  const run = Function('library', 'console', `return (async () => { ${body} })();`) as (library: typeof embedder, output: Pick<Console, 'log'>) => Promise<void>;
  await run(embedder, { log: (...values: number[]) => logged.push(values) });
  const [[camera, soup]] = logged as [[number, number]];
  expect(camera).toBeGreaterThan(soup + 0.5);
});
