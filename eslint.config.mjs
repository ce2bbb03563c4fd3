import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import * as jsoncParser from 'jsonc-eslint-parser';

/** Dependencies point one way; a layer may use what stands left of it. */
const LAYERS = {
  'layer:contracts': ['layer:contracts'],
  'layer:core': ['layer:contracts', 'layer:core'],
  'layer:service': ['layer:contracts', 'layer:core'],
  'layer:model': ['layer:contracts', 'layer:core'],
  'layer:wiring': ['layer:contracts', 'layer:core', 'layer:service', 'layer:model', 'layer:wiring'],
  'layer:app': ['layer:contracts', 'layer:core', 'layer:service', 'layer:model', 'layer:wiring', 'layer:app'],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/assembly/**', '.nx/**'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@nx/enforce-module-boundaries': ['error', {
        enforceBuildableLibDependency: true,
        allow: ['^.*/tsup\\.preset$', '^.*/datasets/[\\w-]+\\.json$'],
        depConstraints: Object.entries(LAYERS).map(([sourceTag, onlyDependOnLibsWithTags]) => ({ sourceTag, onlyDependOnLibsWithTags })),
      }],
    },
  },
  {
    files: ['**/package.json'],
    plugins: { '@nx': nx },
    languageOptions: { parser: jsoncParser },
    rules: {
      '@nx/dependency-checks': ['error', {
        ignoredFiles: ['{projectRoot}/**/*.test.ts', '{projectRoot}/**/*-test.ts', '{projectRoot}/**/*.browser.ts', '{projectRoot}/src/testing/**', '{projectRoot}/src/page/**', '{projectRoot}/tsup.config.ts', '{projectRoot}/jest*.config.cjs'],
        ignoredDependencies: ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node', 'onnxruntime-node', '@node-rs/jieba', 'lindera-wasm-ipadic'],
      }],
    },
  },
);
