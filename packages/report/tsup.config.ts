import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig([
  { ...library, clean: false },
  {
    entry: ['src/page/main.ts'],
    outDir: 'dist/page',
    format: ['iife'],
    outExtension: () => ({ js: '.js' }),
    platform: 'browser',
    target: 'es2022',
    minify: true,
    noExternal: [/.*/],
    dts: false,
    sourcemap: false,
  },
]);
