import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as numeric from './index';

it('README.md has an example that runs', () => {
  const logged: unknown[][] = [];
  const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
  const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/numeric';$/m, 'const $1 = numeric;');
  const run = Function('numeric', 'console', body) as (exports: typeof numeric, output: Pick<Console, 'log'>) => void;
  run(numeric, { log: (...values: unknown[]) => logged.push(values) });
  const [[values, labels, inertia]] = logged as [[Float64Array, Int32Array, number]];
  expect(values).toHaveLength(5);
  expect(labels).toHaveLength(10);
  expect(inertia).toBeGreaterThan(0);
});
