import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as metrics from './index';

it('the README has an example that runs', async () => {
  const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
  const example = /```ts\n([^]*?)```/.exec(readme)![1]!;
  const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/metrics';$/m, 'const $1 = metrics;');
  const lines: string[] = [];
  const run = Function('metrics', 'console', `return (async () => { ${body} })();`) as (exports: typeof metrics, output: object) => Promise<void>;
  await run(metrics, { log: (...values: unknown[]) => lines.push(values.join(' ')) });
  // In English one word of three is in both topics, in Chinese none; of 12 words six have a partner.
  expect(lines).toContain(`topicUniqueness ${(((1 + 1 + 0.5) / 3 + 1) / 2).toFixed(3)}`);
  expect(lines).toContain('dictionaryAgreement 0.500');
  expect(lines).toContain('no cnpmi: no reference corpus was given');
});
