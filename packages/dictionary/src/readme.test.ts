import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as dictionary from './index';

describe('README.md', () => {
  it('has an example that runs', () => {
    const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/(\w+)';$/gm, 'const $1 = $2;');
    const logged: unknown[][] = [];
    const run = Function('dictionary', 'console', body) as (...scope: readonly object[]) => void;
    run(dictionary, { log: (...values: unknown[]) => logged.push(values) });
    expect(logged).toEqual([['haus house\n']]);
  });
});
