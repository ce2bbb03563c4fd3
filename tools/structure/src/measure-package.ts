import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCircles } from './find-circles';

/** How the sources of a package are cut into files. */
export interface PackageStructure {
  readonly files: readonly { readonly path: string; readonly lines: number }[];
  /** Folders below the sources' own that hold fewer than three files and folders. */
  readonly smallFolders: readonly string[];
  /** Files each of which imports the next, the last one the first. */
  readonly circles: readonly (readonly string[])[];
}

const SMALLEST_FOLDER = 3;

/** Structure of the sources in a folder, tests, `testing` folders and declarations aside; empty if there is none. */
export function measurePackage(sources: string): PackageStructure {
  const paths = existsSync(sources) ? sourcesIn(sources) : [];
  const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  return {
    files: paths.map((path) => ({ path, lines: texts.get(path)!.split('\n').length - 1 })),
    smallFolders: smallFolders(paths, sources),
    circles: findCircles(texts),
  };
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : sourcesIn(path);
    return /\.ts$/.test(entry.name) && !/([.-]test|\.browser|\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

function smallFolders(paths: readonly string[], sources: string): string[] {
  const held = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let child = path; child !== sources; child = dirname(child)) {
      const folder = dirname(child);
      held.set(folder, (held.get(folder) ?? new Set()).add(child));
    }
  }
  return [...held]
    .filter(([folder, children]) => folder !== sources && children.size < SMALLEST_FOLDER)
    .map(([folder]) => folder);
}
