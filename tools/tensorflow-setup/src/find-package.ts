import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { BackendMissingError } from '@xtm/contracts';

const require = createRequire(import.meta.url);

/** The folder of an optional package of TensorFlow's, which `npm ci` installs without running its script. */
export function findPackage(name: 'tfjs-node' | 'tfjs-node-gpu'): string {
  try {
    return dirname(require.resolve(`@tensorflow/${name}/package.json`));
  } catch (cause) {
    throw new BackendMissingError('tensorflow', `the package @tensorflow/${name} is not installed`, {
      cause,
      advice: 'Run npm ci without --omit=optional.',
    });
  }
}
