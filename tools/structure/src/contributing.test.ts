import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../../..');

/** What the additions are made to, and what those packages read. */
const CHANGED = ['losses', 'backbones', 'baselines', 'embedder', 'metrics'];
const PACKAGES = ['contracts', 'numeric', 'data', 'llm', 'native', 'tensor', ...CHANGED];
const FILES = ['package.json', 'tsconfig.base.json', 'jest.preset.cjs', 'jest.environment.cjs', 'jest.onnxruntime.cjs'];

const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const diffs = [...guide.matchAll(/^```diff\n([^]*?)^```$/gm)].map(([, diff]) => diff!);

let copy: string;

/** Packages of the copy find each other there, and all others where they are installed. */
function linkModules(): void {
  const installed = join(ROOT, 'node_modules');
  mkdirSync(join(copy, 'node_modules/@xtm'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@xtm') symlinkSync(join(installed, name), join(copy, 'node_modules', name));
  }
  for (const name of PACKAGES) {
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@xtm', name));
  }
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'xtm-contributing-'));
  const isSource = (path: string): boolean => !['node_modules', 'dist', 'target'].includes(basename(path));
  for (const name of PACKAGES) {
    cpSync(join(ROOT, 'packages', name), join(copy, 'packages', name), { recursive: true, filter: isSource });
    const own = join(ROOT, 'packages', name, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(copy, 'packages', name, 'node_modules'));
  }
  for (const name of FILES) cpSync(join(ROOT, name), join(copy, name));
  const isDescription = (path: string): boolean => path.endsWith('datasets') || path.endsWith('.json');
  cpSync(join(ROOT, 'datasets'), join(copy, 'datasets'), { recursive: true, filter: isDescription });
  linkModules();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a program of the workspace in the copy. */
async function run(program: string, ...args: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: copy });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

it('CONTRIBUTING.md shows how to add a loss, backbone, baseline, embedder and metric, each with a test that passes', async () => {
  expect(diffs.map((diff) => /^\+\+\+ b\/packages\/(\w+)/m.exec(diff)?.[1])).toEqual(CHANGED);
  for (const diff of diffs) execFileSync('git', ['apply', '-'], { cwd: copy, input: diff });
  const tests = diffs.map((diff) => /^\+\+\+ b\/(.*\.test\.ts)$/m.exec(diff)![1]!);
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ extends: './tsconfig.base.json', files: tests }));
  const projects = [...new Set(tests.map((test) => dirname(test).split('/').slice(0, 2).join('/')))];
  await Promise.all([
    run('typescript/bin/tsc', '-p', '.'),
    run('jest/bin/jest.js', '--projects', ...projects, '--runTestsByPath', ...tests),
  ]);
}, 300_000);
