import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Tarballs by the packages' names, as absolute paths. */
export type Tarballs = ReadonlyMap<string, string>;

interface PackedFile {
  readonly name: string;
  readonly filename: string;
}

/**
 * Packs every public package of the repository into a folder, as it would be published. Only what is built is in a
 * tarball; nothing is built here.
 */
export function packPackages(repository: string, folder: string): Tarballs {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const workspaces = ['packages', 'apps'].flatMap((home) =>
    readdirSync(join(repository, home)).map((name) => `${home}/${name}`),
  );
  const names = workspaces
    .filter((workspace) => isPublic(join(repository, workspace)))
    .map((workspace) => `--workspace=${workspace}`);
  const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${resolve(folder)}`, ...names];
  const output = execFileSync('npm', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const packed = JSON.parse(output.slice(output.indexOf('['))) as PackedFile[];
  return new Map(packed.map(({ name, filename }) => [name, resolve(folder, filename)]));
}

function isPublic(folder: string): boolean {
  const { private: isPrivate } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly private?: boolean;
  };
  return isPrivate !== true;
}
