import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from '@xtm/contracts';
import { cacheFolder } from '@xtm/llm';
import { describeNvidia, inspectNvidia } from '@xtm/tensor';
import { buildBinding } from './build-binding';
import { chooseSource } from './choose-source';
import { findPackage } from './find-package';
import { findLibtensorflow, type Libtensorflow } from './libtensorflow';
import { findNodeHeaders } from './node-headers';
import { downloadHostIsReachable, installPublishedBinding } from './published-binding';
import { runCommand } from './run-command';
import type { SetupSettings } from './setup-settings';
import { fetchTensorflowWheel } from './tensorflow-wheel';

const CHECK = fileURLToPath(new URL('./check-binding.js', import.meta.url));

/**
 * Makes `--backend tensorflow` work: installs or builds the binding, then multiplies two matrices with it.
 *
 * @param log told every step
 * @throws BackendError, MissingFileError
 */
export async function setUpTensorflow(settings: SetupSettings, log: (line: string) => void): Promise<void> {
  const [wanted, other] = settings.gpu
    ? (['tfjs-node-gpu', 'tfjs-node'] as const)
    : (['tfjs-node', 'tfjs-node-gpu'] as const);
  const packageFolder = findPackage(wanted);
  const system = settings.gpu ? await inspectNvidia() : undefined;
  if (system) log(`GPU: ${describeNvidia(system)}`);
  const source = chooseSource(settings, {
    reachable: await downloadHostIsReachable(),
    computeCapability: system?.cards[0]?.computeCapability,
  });
  log(`Taking ${source.description}, because ${source.reason}.`);
  if (source.kind === 'published') await installPublishedBinding(wanted);
  else
    await buildAgainst(
      source.kind === 'folder' ? findLibtensorflow(source.folder) : await fetchLibrary(settings, log),
      packageFolder,
      log,
    );
  // Two bindings in one process would bring two copies of the same library.
  rmSync(join(findPackage(other), 'lib'), { recursive: true, force: true });
  await runCommand(process.execPath, [CHECK], { purpose: 'trying the binding out' });
}

async function fetchLibrary({ gpu, tensorflow }: SetupSettings, log: (line: string) => void): Promise<Libtensorflow> {
  return findLibtensorflow(
    await fetchTensorflowWheel({ gpu, version: tensorflow, folder: join(cacheFolder(), 'tensorflow'), log }),
  );
}

async function buildAgainst(
  library: Libtensorflow,
  packageFolder: string,
  log: (line: string) => void,
): Promise<void> {
  if (process.platform !== 'linux')
    throw new BackendError('tensorflow', `its binding is built on Linux only, and this is ${process.platform}`, {
      advice: 'Where the published binding cannot be had, use --backend wasm.',
    });
  const headers = findNodeHeaders();
  log(`Building ${packageFolder} against ${library.library}, with Node's headers from ${headers ?? 'nodejs.org'}.`);
  await buildBinding(packageFolder, library, headers);
}
