import { readdirSync, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** What npm's lock file says of an installed package. */
export interface LockedPackage {
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

/** What an installation took. */
export interface InstallFacts {
  readonly packages: number;
  readonly bytes: number;
  /** Places of packages that run a script while they are installed. */
  readonly scripts: readonly string[];
  /** Hosts that packages come from, the registry and tarballs of this machine left out. */
  readonly otherHosts: readonly string[];
}

/** @param locked the entry `packages` of the lock file, by place */
export function inspectInstall(
  locked: Readonly<Record<string, LockedPackage>>,
  nodeModules: string,
  registry: string,
): InstallFacts {
  const installed = Object.entries(locked).filter(([place]) => place !== '');
  const home = new URL(registry).host;
  const hosts = installed.flatMap(([, { resolved }]) =>
    resolved?.startsWith('http') ? [new URL(resolved).host] : [],
  );
  return {
    packages: installed.length,
    bytes: sizeOf(nodeModules),
    scripts: installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => place),
    otherHosts: [...new Set(hosts)].filter((host) => host !== home),
  };
}

/** What is wrong with an installation, one sentence each. */
export function findFaults({ bytes, scripts, otherHosts }: InstallFacts, maxBytes: number): string[] {
  return [
    ...scripts.map((place) => `${place} runs a script while it is installed`),
    ...otherHosts.map((host) => `packages come from ${host}`),
    ...(bytes > maxBytes ? [`node_modules has ${megabytes(bytes)}, more than ${megabytes(maxBytes)}`] : []),
  ];
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Bytes of all files below a folder; what links lead to is not counted. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : lstatSync(path).size);
  }, 0);
}
