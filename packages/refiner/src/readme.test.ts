import * as llm from '@xtm/llm';
import { ProtocolServer } from '@xtm/llm/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as refiner from './index';
import { faithfulAnswers } from './testing';

describe('README.md', () => {
  it('has an example that runs', async () => {
    const server = await ProtocolServer.start({ answer: faithfulAnswers() });
    const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/(\w+)';$/gm, 'const $1 = $2;').replace("preset: 'ollama'", `baseUrl: '${server.baseUrl}', replyFolder: false`);
    const logged: unknown[][] = [];
    const run = Function('llm', 'refiner', 'console', `return (async () => { ${body} })();`) as (...scope: readonly object[]) => Promise<void>;
    await run(llm, refiner, { log: (...values: unknown[]) => logged.push(values) }).finally(() => server.close());
    expect(logged).toEqual([['apple', [['apple', 'pear', 'tyre'], ['苹果', '梨', '轮胎']], 1]]);
  });
});
