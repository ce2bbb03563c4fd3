import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MissingFileError } from '@xtm/contracts';

/** A libtensorflow to build against. Absolute paths. */
export interface Libtensorflow {
  /** Holds the libraries, where the binding will look for them. */
  readonly folder: string;
  readonly include: string;
  readonly library: string;
  readonly framework: string;
}

const HEADER = join('tensorflow', 'c', 'eager', 'c_api.h');

/** TensorFlow's C library has `lib` and `include`; Python's package has the libraries beside `include`. */
const LIBRARY_FOLDERS = ['lib', '.'];

/**
 * Finds the parts of a libtensorflow.
 *
 * @throws MissingFileError if the folder is none.
 */
export function findLibtensorflow(folder: string): Libtensorflow {
  const include = resolve(folder, 'include');
  if (!existsSync(join(include, HEADER)))
    throw new MissingFileError(join(include, HEADER), 'building the binding', {
      advice: 'Point --libtensorflow to a folder with include/ and libtensorflow.',
    });
  for (const libraries of LIBRARY_FOLDERS.map((name) => resolve(folder, name))) {
    const [library, framework] = [
      find(libraries, /^libtensorflow(_cc)?\.so(\.2)?$/),
      find(libraries, /^libtensorflow_framework\.so(\.2)?$/),
    ];
    if (library !== undefined && framework !== undefined) return { folder: libraries, include, library, framework };
  }
  throw new MissingFileError(join(folder, 'libtensorflow.so.2'), 'building the binding', {
    advice: 'Point --libtensorflow to a folder with include/ and libtensorflow.',
  });
}

/** The library of the highest version that is named so. */
function find(folder: string, name: RegExp): string | undefined {
  const found = existsSync(folder) ? readdirSync(folder).filter((file) => name.test(file)).sort().at(-1) : undefined;
  return found && join(folder, found);
}
