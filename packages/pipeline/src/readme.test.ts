import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as backbones from '@xtm/backbones';
import * as data from '@xtm/data';
import * as pipeline from './index';

const ENGLISH = ['a tree and a flower in the garden', 'flower garden tree', 'the train leaves the station', 'a ticket for the train at the station'];
const GERMAN = ['ein baum und eine blume im garten', 'blume garten baum', 'der zug verlässt den bahnhof', 'ein fahrschein für den zug am bahnhof'];
const DICTIONARY = 'baum tree\nblume flower\ngarten garden\nzug train\nbahnhof station\nfahrschein ticket\n';

describe('README.md', () => {
  it('has an example that runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xtm-readme-'));
    writeFileSync(join(folder, 'dictionary.txt'), DICTIONARY);
    const example = /```js\n([^]*?)```/.exec(readFileSync(join(__dirname, '../README.md'), 'utf8'))![1]!;
    const body = example
      .replace(/^import (\{[^}]*\}) from '@xtm\/(\w+)';$/gm, 'const $1 = $2;')
      .replaceAll("'runs/gardens'", JSON.stringify(join(folder, 'run')))
      .replace("'dictionary.txt'", JSON.stringify(join(folder, 'dictionary.txt')))
      .replace('seed: 0,', 'seed: 0, epochs: 2,');
    const logged: unknown[][] = [];
    const console = { log: (...values: unknown[]) => logged.push(values), error: () => undefined };
    const run = Function('backbones', 'data', 'pipeline', 'english', 'german', 'console', `return (async () => { ${body} })();`) as (...scope: readonly object[]) => Promise<void>;
    const repeated = (texts: readonly string[]) => Array.from({ length: 24 }, (_, i) => texts[i % texts.length]!);
    await run(backbones, data, pipeline, repeated(ENGLISH), repeated(GERMAN), console).finally(() => rmSync(folder, { recursive: true }));
    expect(logged).toEqual([
      [0, expect.arrayContaining([expect.any(String)]), expect.arrayContaining([expect.any(String)])],
      [1, expect.arrayContaining([expect.any(String)]), expect.arrayContaining([expect.any(String)])],
      ['Gardens'],
    ]);
  }, 30_000);
});
