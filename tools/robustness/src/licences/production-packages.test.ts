import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { productionPackages, readLock, type Lock } from './production-packages';

const ROOT = resolve(__dirname, '../../../..');

const PERMISSIVE = ['MIT', 'MIT*', 'ISC', '0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Zlib', 'Python-2.0', 'WTFPL', 'CC-BY-4.0'];

const tiny: Lock = {
  '': { name: 'root' },
  'packages/a': { name: '@x/a', version: '1.0.0', dependencies: { b: '1', '@x/c': '1' } },
  'packages/c': { name: '@x/c', version: '1.0.0', optionalDependencies: { d: '1' } },
  'tools/t': { name: '@x/t', version: '1.0.0', dependencies: { e: '1' } },
  'node_modules/@x/c': { link: true, resolved: 'packages/c' },
  'node_modules/b': { version: '1.0.0', license: 'MIT', dependencies: { d: '2' } },
  'node_modules/b/node_modules/d': { version: '2.0.0', license: 'ISC' },
  'node_modules/d': { version: '1.0.0', license: 'MIT', hasInstallScript: true },
  'node_modules/e': { version: '1.0.0', license: 'MIT' },
};

describe('productionPackages', () => {
  it('follows dependencies as Node does, workspaces too, and leaves tools out', () => {
    expect(productionPackages(tiny).map(({ name, version, licence, hasInstallScript }) => [name, version, licence, hasInstallScript])).toEqual([
      ['b', '1.0.0', 'MIT', false], ['d', '1.0.0', 'MIT', true], ['d', '2.0.0', 'ISC', false],
    ]);
  });
});

describe('what is installed with xtm', () => {
  const packages = productionPackages(readLock(ROOT));

  it('has licences that let anybody use it', () => {
    expect(packages.length).toBeGreaterThan(50);
    const others = packages.filter(({ licence }) => !licence.replace(/[()]/g, '').split(' OR ').some((choice) => choice.split(' AND ').every((part) => PERMISSIVE.includes(part))));
    expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  it('comes from the registry, with checksums, and runs no script while it is installed', () => {
    const lock = readLock(ROOT);
    const foreign = Object.entries(lock).filter(([path, { resolved, link }]) => path.startsWith('node_modules/') && !link && resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'));
    expect(foreign.map(([path]) => path)).toEqual([]);
    expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
  });
});
