// Compiles the kernels for this machine, and puts them where `src/load-native.ts` looks for them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeTarget } from './dist/index.js';

const folder = dirname(fileURLToPath(import.meta.url));
const { error, status } = spawnSync('cargo', ['build', '--release', '--locked'], { cwd: folder, stdio: 'inherit' });
if (error?.code === 'ENOENT') {
  console.error('cargo is missing. Install Rust (https://rustup.rs), then run npm run setup:native again.');
  process.exit(1);
}
if (status !== 0) process.exit(status ?? 1);

const library = ['libxtm_native.so', 'libxtm_native.dylib', 'xtm_native.dll']
  .map((name) => join(folder, 'target', 'release', name))
  .find((path) => existsSync(path));
const built = join(folder, `xtm-native.${nativeTarget()}.node`);
// Renamed into place: a process that has loaded the old one keeps it.
copyFileSync(library, `${built}.new`);
renameSync(`${built}.new`, built);
console.log(`Built ${built}. --backend auto takes it from now on; xtm doctor says so.`);
