import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { measurePackage } from './measure-package';

let sources: string;
beforeEach(() => (sources = mkdtempSync(join(tmpdir(), 'structure-'))));
afterEach(() => rmSync(sources, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(sources, name)), { recursive: true });
    writeFileSync(join(sources, name), text);
  }
}

describe('measurePackage', () => {
  it('counts sources and their lines, and finds small folders and circles', () => {
    write({
      'index.ts': "export { a } from './a/a';\n",
      'a/a.ts': "import { b } from './b';\nimport type { C } from '../c';\nexport const a: C = b;\n",
      'a/b.ts': 'export const b = 1;\n',
      'c.ts': "import { a } from './a/a';\n\nexport type C = typeof a;\n",
      'a/a.test.ts': "import './a';\n",
      'testing/help.ts': 'export {};\n',
      'types.d.ts': 'declare const x: number;\n',
    });
    const { files, smallFolders, circles } = measurePackage(sources);
    expect(Object.fromEntries(files.map(({ path, lines }) => [path.slice(sources.length + 1), lines]))).toEqual({
      'index.ts': 1,
      'a/a.ts': 3,
      'a/b.ts': 1,
      'c.ts': 3,
    });
    expect(smallFolders).toEqual([join(sources, 'a')]);
    expect(circles.map((circle) => circle.map((path) => path.slice(sources.length + 1)).sort())).toEqual([
      ['a/a.ts', 'c.ts'],
    ]);
  });

  it('finds nothing where there is no folder', () => {
    expect(measurePackage(join(sources, 'none'))).toEqual({ files: [], smallFolders: [], circles: [] });
  });
});
