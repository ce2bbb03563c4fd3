import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as reproduce from './index';

it('has an example that runs', () => {
  const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
  const logged: unknown[][] = [];
  const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/reproduce';$/m, 'const $1 = reproduce;');
  const run = Function('reproduce', 'console', body) as (exports: typeof reproduce, output: Pick<Console, 'log'>) => void;
  run(reproduce, { log: (...values: unknown[]) => logged.push(values) });
  expect(logged.slice(0, -1).map(([name]) => name)).toContain('amazon-review-nmtm-0');
  expect(logged.at(-1)![0]).toMatch(/^## Topic quality \(Table 2\)/);
});
