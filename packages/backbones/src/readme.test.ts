import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as numeric from '@xtm/numeric';
import * as tensor from '@xtm/tensor';
import * as backbones from './index';

const packages: Readonly<Record<string, object>> = { '@xtm/backbones': backbones, '@xtm/numeric': numeric, '@xtm/tensor': tensor };

/** Runs an example's code with the packages' exports in the place of its imports, and returns what it logs. */
async function runExample(code: string): Promise<unknown[][]> {
  const logged: unknown[][] = [];
  const body = code.replace(/^import (\{[^}]*\}) from '([^']*)';$/gm, "const $1 = packages['$2'];");
  const run = Function('packages', 'console', `return (async () => { ${body} })();`) as (exports: object, output: Pick<Console, 'log'>) => Promise<void>;
  await run(packages, { log: (...values: unknown[]) => logged.push(values) });
  return logged;
}

describe('README.md', () => {
  it('has an example that runs and tells the documents apart', async () => {
    const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const [[shape, theta]] = (await runExample(example)) as [[number[], Float32Array]];
    expect(shape).toEqual([2, 2]);
    expect(theta[0]! + theta[1]!).toBeCloseTo(1, 5);
    expect(Math.abs(theta[0]! - theta[2]!)).toBeGreaterThan(0.1);
  });
});
