import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * Circles of imports, those of types included: from every file on, depth first, each way back into the files on the
 * way once. No circle is found only if there is none.
 *
 * @param texts of the files, by their paths
 */
export function findCircles(texts: ReadonlyMap<string, string>): string[][] {
  const imports = new Map([...texts].map(([path, text]) => [path, importsOf(path, text, texts)]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) circles.push(way.slice(at));
    if (at >= 0 || done.has(path)) return;
    for (const next of imports.get(path)!) visit(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
  return circles;
}

/** Files of the package that a file imports or exports from. */
function importsOf(path: string, text: string, texts: ReadonlyMap<string, string>): string[] {
  const { importedFiles } = ts.preProcessFile(text);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => [`${fileName}.ts`, `${fileName}/index.ts`])
    .map((fileName) => join(dirname(path), fileName))
    .filter((imported) => texts.has(imported));
}
