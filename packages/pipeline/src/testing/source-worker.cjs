// The program of trainInWorker's thread in tests, which run the packages' TypeScript sources: what jest's transform and
// export condition do for a test, this does for the thread. It is started with the flag --conditions=@xtm/source.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  });
  module._compile(code, file);
};

require('../train/train-worker.ts');
