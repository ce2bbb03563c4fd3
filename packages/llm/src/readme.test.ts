import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as llm from './index';
import { ProtocolServer } from './testing';

describe('README.md', () => {
  it('has an example that runs', async () => {
    const server = await ProtocolServer.start({ answer: () => 'An apple.' });
    const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const body = example.replace(/^import (\{[^}]*\}) from '@xtm\/llm';$/m, 'const $1 = llm;').replace("preset: 'ollama'", `baseUrl: '${server.baseUrl}', replyFolder: false`);
    const logged: unknown[][] = [];
    const run = Function('llm', 'console', `return (async () => { ${body} })();`) as (exports: object, output: Pick<Console, 'log'>) => Promise<void>;
    await run(llm, { log: (...values: unknown[]) => logged.push(values) }).finally(() => server.close());
    expect(logged).toEqual([['An apple.', { inputTokens: 4, outputTokens: 3 }, expect.objectContaining({ replies: 1 })]]);
  });
});
