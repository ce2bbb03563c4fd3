#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entry = new URL('../dist/index.js', import.meta.url);
if (!existsSync(entry)) {
  // A fresh checkout has no bundles yet, and `npm ci` runs no scripts here: build them once.
  const cwd = fileURLToPath(new URL('../../../', import.meta.url));
  process.stderr.write('Building xtm once (about 10 s)…\n');
  const build = spawnSync('npm', ['run', 'bundle', '--silent'], { cwd, stdio: ['ignore', 'ignore', 2], shell: process.platform === 'win32' });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
const { main } = await import(entry.href);
process.exitCode = await main(process.argv.slice(2));
