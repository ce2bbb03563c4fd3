// Packages published as ES modules only; jest runs CommonJS, so they go through the transform too.
const ESM_ONLY = ['p-retry', 'p-queue', 'p-timeout', 'eventemitter3', 'is-network-error', 'hyparquet', 'hyparquet-writer', 'echarts', 'zrender', '@clack/prompts', '@clack/core', 'fast-string-width', 'fast-string-truncated-width', 'fast-wrap-ansi', 'sisteransi', 'hyparquet-compressors', 'hysnappy', 'fzstd', 'string-width', 'strip-ansi', 'ansi-regex', 'get-east-asian-width', 'emoji-regex', 'ora', 'lindera-wasm-ipadic'];

// Tests of a backend that is not there everywhere: `name.BACKEND-test.ts`.
const backend = process.env.XTM_TEST_BACKEND;

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: require.resolve('./jest.environment.cjs'),
  testEnvironmentOptions: { customExportConditions: ['@xtm/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/src/**/*.test.ts', ...(backend === undefined ? [] : [`<rootDir>/src/**/*.${backend}-test.ts`])],
  // Tests that train take seconds on a busy machine; a hang is still found.
  testTimeout: 60_000,
  moduleNameMapper: { '^onnxruntime-node$': require.resolve('./jest.onnxruntime.cjs') },
  transform: {
    '^.+\\.[cm]?[tj]s$': ['@swc/jest', {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    }],
  },
  // Gradients of TensorFlow.js are published as ES modules beside the CommonJS bundle of its core.
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/|@tensorflow/tfjs-core/dist/(?!tf-core))`],
};
