import type { Options } from 'tsup';

/** A Node library: ES modules, CommonJS and types, dependencies left to the installer. */
export const library: Options = {
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  sourcemap: true,
  clean: true,
  shims: true,
  target: 'node20',
  platform: 'node',
  skipNodeModulesBundle: true,
};
