import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as numeric from '@xtm/numeric';
import * as tensor from './index';

const modules: Readonly<Record<string, object>> = { '@tensorflow/tfjs-core': tf, '@xtm/numeric': numeric, '@xtm/tensor': tensor };

it('the README has an example that runs and learns', async () => {
  const example = /```ts\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
  const body = example.replace(/^import (?:\* as )?(\w+|\{[^}]*\}) from '([^']*)';$/gm, "const $1 = modules['$2'];");
  const lines: unknown[] = [];
  const run = Function('modules', 'console', `return (async () => { ${body} })();`) as (exports: object, output: Pick<Console, 'log'>) => Promise<void>;
  await run(modules, { log: (line: unknown) => lines.push(line) });
  const [choice, first, later] = lines as [string, number, number];
  expect(choice).toContain('computing with');
  expect(later).toBeLessThan(first / 2);
});
