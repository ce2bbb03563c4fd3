import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const PACKAGE = join(__dirname, '..');
const TENSORFLOW = dirname(dirname(require.resolve('@tensorflow/tfjs/package.json')));
const TYPESCRIPT = require.resolve('typescript/bin/tsc');

/** A project of a stranger, outside the workspace. */
let project: string;

/** The example of the README, an ES module. */
const example = /```js\n([\s\S]*?)```/.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8'))![1]!;

const commonJsExample = example
  .replaceAll(/^import \* as (\w+) from ('[^']+');$/gm, 'const $1 = require($2);')
  .replaceAll(/^import (\{[^}]+\}) from ('[^']+');$/gm, 'const $1 = require($2);');

function run(command: string, ...args: string[]): string {
  try {
    return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), typeof content === 'string' ? content : JSON.stringify(content));
}

function expectExampleToHaveRun(output: string): void {
  const { before, after, weights } = JSON.parse(output) as { before: number; after: number; weights: number[] };
  expect(before).toBeGreaterThan(0.05);
  expect(after).toBeLessThan(before / 4);
  expect(weights[3]).toBeLessThan(0.05);
}

/**
 * Compiles a folder of the project with declarations checked too. TensorFlow.js' own do not pass under `strict`; everything
 * else has to.
 */
function compile(folder: string): void {
  const { stdout } = spawnSync('node', [TYPESCRIPT, '-p', folder], { cwd: project, encoding: 'utf8' });
  const complaints = stdout.split('\n').filter((line) => line.includes('error TS') && !line.includes('/@tensorflow/'));
  expect(complaints).toEqual([]);
}

const strict = { strict: true, target: 'ES2022', lib: ['ES2022', 'DOM'], types: [], outDir: 'out' };

beforeAll(() => {
  if (!existsSync(join(PACKAGE, 'dist/index.js'))) throw new Error('build the package before testing what is published');
  project = mkdtempSync(join(tmpdir(), 'losses-'));
  write('package.json', { name: 'stranger', private: true, type: 'module' });
  const settings = ['--ignore-scripts', '--cache', join(project, '.npm')];
  const [packed] = JSON.parse(run('npm', 'pack', PACKAGE, '--json', ...settings)) as { filename: string }[];
  run('npm', 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', ...settings, `./${packed!.filename}`);
  mkdirSync(join(project, 'node_modules/@tensorflow'));
  for (const name of readdirSync(TENSORFLOW).filter((entry) => !entry.startsWith('tfjs-node'))) {
    symlinkSync(join(TENSORFLOW, name), join(project, 'node_modules/@tensorflow', name));
  }
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('the published package in an empty project', () => {
  it('brings its build, its types, its source, its README and its licence, and nothing else', () => {
    const installed = join(project, 'node_modules/@xtm/losses');
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'src']);
    expect(readdirSync(join(installed, 'dist')).sort()).toEqual(
      ['index.cjs', 'index.cjs.map', 'index.d.cts', 'index.d.ts', 'index.js', 'index.js.map'],
    );
  });

  it.each(['index.js', 'index.cjs'])('imports tfjs-core and nothing else in %s, so that it runs in a browser', (file) => {
    const source = readFileSync(join(project, 'node_modules/@xtm/losses/dist', file), 'utf8');
    const imported = [...source.matchAll(/(?:\bfrom |\brequire\(|\bimport\(|^import )"([^"]+)"/gm)].map(([, specifier]) => specifier);
    expect(new Set(imported)).toEqual(new Set(['@tensorflow/tfjs-core']));
    expect(source).not.toMatch(/\bprocess\.|\b__dirname\b|\bBuffer\b/);
  });

  it('runs the example as an ES module', () => {
    write('example.mjs', example);
    expectExampleToHaveRun(run('node', 'example.mjs'));
  }, 60_000);

  it('runs the example in CommonJS', () => {
    write('example.cjs', commonJsExample);
    expectExampleToHaveRun(run('node', 'example.cjs'));
  }, 60_000);

  it('compiles and runs the example in strict TypeScript with node16 resolution, in both module systems', () => {
    write('node16/example.ts', example);
    write('node16/common.cts', example);
    write('node16/tsconfig.json', { compilerOptions: { ...strict, module: 'node16', moduleResolution: 'node16' } });
    compile('node16');
    expectExampleToHaveRun(run('node', 'node16/out/example.js'));
    expectExampleToHaveRun(run('node', 'node16/out/common.cjs'));
  }, 120_000);

  it('compiles and runs the example in strict TypeScript with bundler resolution', () => {
    write('bundler/example.ts', example);
    write('bundler/tsconfig.json', { compilerOptions: { ...strict, module: 'ESNext', moduleResolution: 'bundler' } });
    compile('bundler');
    expectExampleToHaveRun(run('node', 'bundler/out/example.js'));
  }, 120_000);

  it('leaves unused losses out of a bundle', async () => {
    const { build } = createRequire(require.resolve('tsup'))('esbuild') as typeof import('esbuild');
    write('bundled.js', "import { infoNce } from '@xtm/losses';\nconsole.log(infoNce);\n");
    const { outputFiles } = await build({
      entryPoints: [join(project, 'bundled.js')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      external: ['@tensorflow/*'],
      write: false,
    });
    const bundle = outputFiles[0]!.text;
    expect(bundle).toContain('infoNce');
    expect(bundle).not.toMatch(/sinkhorn|medianBandwidth|mutualInformation|dirichletPrior|TopicMmd/);
  }, 60_000);
});
