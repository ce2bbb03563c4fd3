// The program of trainInWorker's thread in tests, which run the packages' TypeScript sources: what jest's transform and
// export condition do for a test, this does for the thread. It is started with the flag --conditions=@xtm/source.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

function compile(module, file) {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, file);
}

// Gradients of TensorFlow.js are published as ES modules beside the CommonJS bundle of its core.
const GRADIENTS = /@tensorflow[\\/]tfjs-core[\\/]dist[\\/](?!tf-core)/;
const compileScript = require.extensions['.js'];
require.extensions['.js'] = (module, file) => (GRADIENTS.test(file) ? compile : compileScript)(module, file);
require.extensions['.ts'] = compile;

require('../train/train-worker.ts');
