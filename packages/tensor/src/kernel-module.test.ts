import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KERNELS, SHARED } from './kernel-binaries';

const PACKAGE = join(__dirname, '..');

describe('compiled kernels', () => {
  it.each([
    ['kernels', KERNELS],
    ['shared', SHARED],
  ])('are what their source gives: %s', (name, binary) => {
    const folder = mkdtempSync(join(tmpdir(), 'xtm-kernels-'));
    const output = join(folder, `${name}.wasm`);
    execFileSync('npm', ['run', '--silent', `compile:${name}`, '--', '--outFile', output], { cwd: PACKAGE, stdio: 'pipe' });
    const same = readFileSync(output, 'base64') === binary;
    rmSync(folder, { recursive: true });
    expect(same).toBe(true);
  }, 120_000);
});
