import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Libtensorflow } from './libtensorflow';
import { runCommand } from './run-command';

/**
 * Compiles the sources that the package ships, with its own tool (node-pre-gyp, which runs npm's node-gyp).
 *
 * The package expects libtensorflow in its `deps` folder. It gets links that only the linker reads; what is built
 * looks for the libraries where they are, so that those find the CUDA libraries beside them.
 */
export async function buildBinding(
  packageFolder: string,
  { folder, include, library, framework }: Libtensorflow,
  nodeHeaders: string | undefined,
): Promise<void> {
  const dependencies = join(packageFolder, 'deps');
  for (const name of ['deps', 'build', 'lib']) rmSync(join(packageFolder, name), { recursive: true, force: true });
  mkdirSync(join(dependencies, 'lib'), { recursive: true });
  symlinkSync(include, join(dependencies, 'include'));
  symlinkSync(library, join(dependencies, 'lib', 'libtensorflow.so'));
  symlinkSync(framework, join(dependencies, 'lib', 'libtensorflow_framework.so'));
  const tool = createRequire(join(packageFolder, 'package.json')).resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');
  const args = [
    tool,
    'install',
    '--build-from-source',
    ...(nodeHeaders === undefined ? [] : [`--nodedir=${nodeHeaders}`]),
  ];
  await runCommand(process.execPath, args, {
    purpose: 'building the binding',
    folder: packageFolder,
    environment: { LDFLAGS: `-Wl,-rpath,${folder}`, npm_config_loglevel: 'warn' },
    advice:
      'It needs make, a C++17 compiler and Python 3, and to be started with npm run; the lines above say what failed.',
  });
}
