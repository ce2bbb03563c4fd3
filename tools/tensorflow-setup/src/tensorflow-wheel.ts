import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BackendError } from '@xtm/contracts';
import { cudaRequirements } from './cuda-requirements';
import { runCommand } from './run-command';

export interface WheelRequest {
  readonly gpu: boolean;
  /** TensorFlow's. */
  readonly version: string;
  /** Where wheels are kept, a folder each. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** Any that TensorFlow's wheels are made for: none of the Python in them is used. */
const PYTHON_OF_WHEEL = '3.11';

/**
 * Python's tensorflow package from PyPI without its Python: headers, libtensorflow and, for GPUs, NVIDIA's libraries.
 *
 * @returns the folder `tensorflow` of the package
 * @throws BackendError
 */
export async function fetchTensorflowWheel({ gpu, version, folder, log }: WheelRequest): Promise<string> {
  const name = !gpu && process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
  const finished = join(folder, `${name}-${version}${gpu ? '-cuda' : ''}`);
  if (existsSync(finished)) {
    log(`TensorFlow ${version} is in ${finished} already.`);
    return join(finished, 'tensorflow');
  }
  const unfinished = `${finished}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  log(`Fetching ${name} ${version} into ${finished}.`);
  await install(unfinished, [`${name}==${version}`]);
  if (gpu) await install(unfinished, cudaRequirements(readMetadata(unfinished)));
  dropPython(join(unfinished, 'tensorflow'));
  renameSync(unfinished, finished);
  return join(finished, 'tensorflow');
}

async function install(target: string, requirements: readonly string[]): Promise<void> {
  const flags = [
    '--quiet',
    '--no-deps',
    '--no-compile',
    '--only-binary=:all:',
    `--python-version=${PYTHON_OF_WHEEL}`,
    '--implementation=cp',
    '--root-user-action=ignore',
    `--target=${target}`,
  ];
  await runCommand('python3', ['-m', 'pip', 'install', ...flags, ...requirements], {
    purpose: 'fetching TensorFlow',
    advice: 'It needs python3 with pip and access to PyPI; else point --libtensorflow to a libtensorflow.',
  });
}

function readMetadata(folder: string): string {
  const information = readdirSync(folder).find((name) => /^tensorflow-.*\.dist-info$/.test(name));
  if (information === undefined)
    throw new BackendError('tensorflow', `${folder} holds no tensorflow package`, {
      advice: 'Run the same command again.',
    });
  return readFileSync(join(folder, information, 'METADATA'), 'utf8');
}

/** Keeps a third of the size. */
function dropPython(folder: string): void {
  const unused = readdirSync(folder).filter((name) => name !== 'include' && !name.startsWith('libtensorflow'));
  for (const name of unused) rmSync(join(folder, name), { recursive: true });
}
