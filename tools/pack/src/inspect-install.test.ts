import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFaults, inspectInstall, type LockedPackage } from './inspect-install';

let nodeModules: string;
beforeEach(() => {
  nodeModules = mkdtempSync(join(tmpdir(), 'pack-'));
  mkdirSync(join(nodeModules, 'a'));
  writeFileSync(join(nodeModules, 'a', 'index.js'), 'x'.repeat(1_000));
  symlinkSync(join(nodeModules, 'a'), join(nodeModules, 'b'));
});
afterEach(() => rmSync(nodeModules, { recursive: true }));

const locked: Readonly<Record<string, LockedPackage>> = {
  '': {},
  'node_modules/a': { resolved: 'https://registry.example.org/a/-/a-1.0.0.tgz' },
  'node_modules/@xtm/data': { resolved: 'file:../xtm-data-0.1.0.tgz' },
};

it('an installation from the registry and tarballs is as it should be', () => {
  const facts = inspectInstall(locked, nodeModules, 'https://registry.example.org/');
  expect(facts).toMatchObject({ packages: 2, scripts: [], otherHosts: [] });
  expect(facts.bytes).toBeGreaterThanOrEqual(1_000);
  expect(facts.bytes).toBeLessThan(2_000);
  expect(findFaults(facts, 2_000)).toEqual([]);
});

it('scripts, other hosts and too many bytes are told', () => {
  const more = {
    ...locked,
    'node_modules/c': { resolved: 'https://elsewhere.example.org/c.tgz', hasInstallScript: true },
  };
  expect(findFaults(inspectInstall(more, nodeModules, 'https://registry.example.org/'), 500)).toEqual([
    'node_modules/c runs a script while it is installed',
    'packages come from elsewhere.example.org',
    expect.stringMatching(/^node_modules has 0\.0 MB, more than/),
  ]);
});
