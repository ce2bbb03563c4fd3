import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One entry of `packages` in a package-lock.json, as far as it matters here. */
export interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export type Lock = Readonly<Record<string, LockEntry>>;

/** A package that comes with xtm when somebody installs it. */
export interface ProductionPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Whether it would run a script while it is installed, if npm let it. */
  readonly hasInstallScript: boolean;
}

export function readLock(root: string): Lock {
  return (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
}

/**
 * All that the published workspaces (`packages/*` and `apps/*`) need, directly or not, sorted by name; tools count for
 * nothing.
 */
export function productionPackages(lock: Lock): ProductionPackage[] {
  const waiting = Object.keys(lock).filter((path) => /^(packages|apps)\/[^/]+$/.test(path));
  const seen = new Set(waiting);
  for (const path of waiting) {
    const { dependencies, optionalDependencies, peerDependencies } = lock[path]!;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const found = locate(lock, path, name);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      waiting.push(found);
    }
  }
  const found = [...seen].filter((path) => path.includes('node_modules/')).map((path) => describe(path, lock[path]!));
  return [...new Map(found.map((entry) => [`${entry.name}@${entry.version}`, entry])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
}

/**
 * Where Node finds a package that is needed at a path: the nearest `node_modules` upwards; a workspace's own folder
 * for links.
 */
function locate(lock: Lock, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
    const path = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    const entry = lock[path];
    if (entry !== undefined) return entry.link ? entry.resolved : path;
    if (place === '') return undefined;
  }
}

function describe(
  path: string,
  { name, version = '', license = 'unknown', hasInstallScript = false }: LockEntry,
): ProductionPackage {
  return {
    name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version,
    licence: license,
    hasInstallScript,
  };
}
