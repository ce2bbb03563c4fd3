import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly files: readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const folders = [...readdirSync(join(ROOT, 'packages')).map((name) => join('packages', name)), 'apps/cli'].filter((folder) => existsSync(join(ROOT, folder, 'package.json')));

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
}

/** Every file that a package's entries name. */
function entriesOf(value: unknown): string[] {
  return typeof value === 'string' ? [value.replace('./', '')] : Object.values(value as object).flatMap(entriesOf);
}

/** What npm would publish, by the packages' names. */
let packed: ReadonlyMap<string, ReadonlySet<string>>;
beforeAll(() => {
  const workspaces = folders.flatMap((folder) => ['--workspace', folder]);
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', ...workspaces], { cwd: ROOT, encoding: 'utf8' });
  packed = new Map((JSON.parse(stdout) as { name: string; files: { path: string }[] }[]).map(({ name, files }) => [name, new Set(files.map(({ path }) => path))]));
}, 180_000);

describe.each(folders)('%s', (folder) => {
  const manifest = manifestOf(folder);

  it('would be published with what its entries name, without tests', () => {
    const files = packed.get(manifest.name)!;
    for (const file of ['README.md', 'LICENSE']) expect(files).toContain(file);
    // What a build makes is not there before it.
    const missing = entriesOf([manifest.exports, manifest.bin ?? {}]).filter((path) => !files.has(path) && !path.startsWith('dist/'));
    expect({ missing, dist: manifest.files.includes('dist') }).toEqual({ missing: [], dist: true });
    expect([...files].filter((path) => /\.test\.ts$|^golden\/|node_modules/.test(path))).toEqual([]);
  });

  it('has the version of all others, and needs them in that version', () => {
    const versions = new Map(folders.map(manifestOf).map(({ name, version }) => [name, version]));
    expect(manifest.version).toBe(manifestOf('packages/contracts').version);
    for (const [name, version] of Object.entries(manifest.dependencies ?? {})) if (name.startsWith('@xtm/')) expect([name, version]).toEqual([name, versions.get(name)]);
  });
});

it('a release raises every package and what they need of each other; a dry run changes nothing', () => {
  const copy = mkdtempSync(join(tmpdir(), 'xtm-release-'));
  try {
    // Nx works on a repository of its own, since the one here may be in the middle of a task.
    for (const file of ['package.json', 'nx.json', 'package-lock.json', ...folders.map((folder) => join(folder, 'package.json'))]) cpSync(join(ROOT, file), join(copy, file), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const environment = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'))), NX_DAEMON: 'false', NX_WORKSPACE_ROOT_PATH: copy, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules/nx/dist/bin/nx.js'), 'release', 'version', '9.8.7', '--dry-run'], { cwd: copy, encoding: 'utf8', env: environment });
    expect({ status, stderr: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, stderr: '' });
    const raised = stdout.match(/\+ +"version": "9\.8\.7"/g) ?? [];
    expect(raised).toHaveLength(folders.length);
    expect(stdout).toMatch(/\+ +"@xtm\/contracts": "9\.8\.7"/);
    for (const folder of folders) expect(readFileSync(join(copy, folder, 'package.json'), 'utf8')).toBe(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}, 180_000);
