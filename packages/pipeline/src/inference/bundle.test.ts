import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nmtm } from '@xtm/backbones';
import { themeDataset } from '../testing/themes';
import { train } from '../train/train';

const ROOT = join(__dirname, '../../../..');
const TEXTS = ['guitar tree', 'a singer in the garden'];

/** As README.md says, but from the packages' sources; what their builds hold of TensorFlow.js is an alias. */
const GRADIENTS = '@tensorflow/tfjs-core/dist/register_all_gradients';
const ESBUILD = [
  ...['--bundle', '--platform=node', '--format=esm', '--external:@tensorflow/*', '--conditions=@xtm/source'],
  ...[`--alias:${GRADIENTS}=${join(ROOT, 'node_modules', GRADIENTS)}.js`, '--log-level=error'],
];

/** Of all modules of a bundle, those of packages that others install, by their names, and those of this one. */
interface Bundled {
  readonly packages: readonly string[];
  readonly own: readonly string[];
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-bundle-'));
  // Nothing else is found from there.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/@tensorflow'), join(folder, 'node_modules/@tensorflow'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bundle(program: string): Bundled {
  const [entry, metafile] = [join(folder, 'app.js'), join(folder, 'meta.json')];
  writeFileSync(entry, program);
  const args = [...ESBUILD, `--metafile=${metafile}`, `--outfile=${join(folder, 'out.mjs')}`, entry];
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
  execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), args, { cwd: ROOT, env });
  const { inputs } = JSON.parse(readFileSync(metafile, 'utf8')) as { readonly inputs: object };
  const files = Object.keys(inputs);
  const packages = files.flatMap((file) => /(?:.*node_modules|^packages)\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  const own = files.flatMap((file) => /^packages\/pipeline\/src\/(.*)\.ts$/.exec(file)?.[1] ?? []);
  return { packages: [...new Set(packages)].sort(), own };
}

it('a bundle for Node infers by the kernels, and holds nothing that training takes', async () => {
  const runFolder = join(folder, 'run');
  const run = await train({
    ...{ corpus: await themeDataset(), model: nmtm(), numTopics: 3, epochs: 2, backend: 'wasm', classifiers: [] },
    folder: runFolder,
  });
  const { packages, own } = bundle(`
    import { nmtm } from '@xtm/backbones';
    import { openForInference } from '@xtm/pipeline/infer';
    import { useBackend } from '@xtm/tensor';
    const run = await openForInference(${JSON.stringify(runFolder)}, { model: nmtm });
    const documents = await run.infer(${JSON.stringify(TEXTS)}, 'en');
    const { path } = await useBackend();
    await run.dispose();
    console.log(JSON.stringify({ documents, path }));
  `);
  expect(packages).toEqual(expect.arrayContaining(['backbones', 'pipeline', 'tensor', 'zod']));
  for (const absent of ['openai', 'refiner', 'embedder', 'llm', 'metrics', 'report', 'dictionary', 'yaml'])
    expect(packages).not.toContain(absent);
  for (const absent of ['train/train', 'training/trainer', 'settings/table', 'fit', 'evaluation/evaluate-model'])
    expect(own).not.toContain(absent);
  const output = execFileSync('node', [join(folder, 'out.mjs')], { encoding: 'utf8' });
  const { documents, path } = JSON.parse(output) as { readonly documents: unknown; readonly path: string };
  expect(documents).toEqual(await run.infer(TEXTS, 'en'));
  expect(path).toBe('kernels');
  await run.dispose();
}, 60_000);
