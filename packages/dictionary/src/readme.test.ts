import * as fs from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@xtm/data/testing';
import * as dictionary from './index';

describe('README.md', () => {
  it('has an example that runs', async () => {
    const folder = await temporaryFolder();
    const example = /```js\n([^]*?)```/.exec(fs.readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const body = example.replace(/^import (\{[^}]*\}) from '(?:@xtm|node):?\/?(\w+)';$/gm, 'const $1 = $2;').replace(/'([\w.]+\.(?:u8|txt))'/g, (_, name: string) => JSON.stringify(join(folder.path, name)));
    const logged: unknown[][] = [];
    const run = Function('fs', 'dictionary', 'console', `return (async () => { ${body} })();`) as (...scope: readonly object[]) => Promise<void>;
    await run(fs, dictionary, { log: (...values: unknown[]) => logged.push(values) }).finally(() => folder.remove());
    expect(logged).toEqual([[['cat: 猫', 'school: 学校'], 1], ['good']]);
  });
});
