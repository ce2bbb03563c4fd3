import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendLibraryError, BackendMissingError } from '@xtm/contracts';
import type { NativeModule } from './kernels';

const BACKEND = 'native';

// The path holds from src/ and from the bundle in dist/ alike.
const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/**
 * Loads the kernels compiled for this platform: those that `npm run setup:native` built in a clone, else those of the
 * package `@xtm/native-PLATFORM`.
 *
 * @param folder where built kernels lie; default: this package's
 * @throws BackendMissingError if there are none
 * @throws BackendLibraryError if there are some, and they cannot be loaded or run here
 */
export function loadNative(folder = PACKAGE_FOLDER): NativeModule {
  const target = nativeTarget();
  const built = join(folder, `xtm-native.${target}.node`);
  const native = load(existsSync(built) ? built : `@xtm/native-${target}`);
  if (native.instructions() === null) {
    throw new BackendLibraryError(BACKEND, 'the processor has no fused multiplication and addition', {
      advice: 'Take the wasm backend.',
    });
  }
  return native;
}

/** The platform's name in file and package names, as napi-rs has it: `linux-x64-gnu`, `darwin-arm64`. */
export function nativeTarget(): string {
  const { platform, arch } = process;
  if (platform === 'linux') return `linux-${arch}-${usesGlibc() ? 'gnu' : 'musl'}`;
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`;
}

function usesGlibc(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}

function load(place: string): NativeModule {
  try {
    return createRequire(import.meta.url)(place) as NativeModule;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') {
      throw new BackendMissingError(BACKEND, `no kernels are compiled for ${nativeTarget()}`, {
        advice: 'Run npm run setup:native in a clone of xtm, where cargo is.',
        cause,
      });
    }
    throw new BackendLibraryError(BACKEND, `${place} cannot be loaded: ${message}`, {
      advice: 'Build it anew by npm run setup:native.',
      cause,
    });
  }
}
