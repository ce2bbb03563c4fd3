import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '..');

describe('compiled kernels', () => {
  it.each([
    ['kernels', 'build:kernels'],
    ['shared', 'compile:shared'],
  ])('are what their source gives: %s', (name, script) => {
    const folder = mkdtempSync(join(tmpdir(), 'xtm-kernels-'));
    const output = join(folder, `${name}.wasm`);
    execFileSync('npm', ['run', '--silent', script, '--', '--outFile', output], { cwd: PACKAGE, stdio: 'pipe' });
    const same = readFileSync(output).equals(readFileSync(join(PACKAGE, 'wasm', `${name}.wasm`)));
    rmSync(folder, { recursive: true });
    expect(same).toBe(true);
  }, 120_000);
});
