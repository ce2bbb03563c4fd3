import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFaults, inspectInstall, megabytes, type LockedPackage } from './inspect-install';
import { packPackages, type Tarballs } from './pack-packages';

/** What a program needs that trains models and opens them. */
const PROGRAM = ['@xtm/pipeline', '@xtm/backbones', '@xtm/data', '@xtm/tensor'];
const MAX_BYTES = 200e6;

/** An empty project that depends on some of the packages; all of them come from their tarballs. */
function writeProject(folder: string, names: readonly string[], tarballs: Tarballs): void {
  const from = (name: string): string => `file:${tarballs.get(name)!}`;
  const chosen = Object.fromEntries(names.map((name) => [name, from(name)]));
  const others = [...tarballs.keys()].filter((name) => !names.includes(name));
  const manifest = {
    name: 'packed-xtm',
    private: true,
    type: 'module',
    dependencies: chosen,
    overrides: Object.fromEntries(others.map((name) => [name, from(name)])),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

const [folder = 'packed', ...chosen] = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : PROGRAM;
const tarballs = packPackages(process.cwd(), folder);
const unknown = names.filter((name) => !tarballs.has(name));
if (unknown.length > 0) throw new Error(`no package is called ${unknown.join(', ')}`);
const project = join(folder, 'project');
writeProject(project, names, tarballs);
// Scripts may run: what would run one is told below.
const options = ['--ignore-scripts=false', '--no-audit', '--no-fund', '--workspaces=false'];
execFileSync('npm', ['install', ...options], { cwd: project, stdio: 'inherit' });
const registry = execFileSync('npm', ['config', 'get', 'registry'], { cwd: project, encoding: 'utf8' }).trim();
const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const facts = inspectInstall(packages, join(project, 'node_modules'), registry);
console.log(
  `${tarballs.size} tarballs in ${folder}; ${names.join(', ')}: ${facts.packages} packages, ${megabytes(facts.bytes)}`,
);
const faults = findFaults(facts, MAX_BYTES);
for (const fault of faults) console.error(`wrong: ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;
