import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({
  ...library,
  entry: ['src/index.ts', 'src/testing/index.ts'],
  // Published as ES modules that Node.js takes for CommonJS, so that they come with the package.
  noExternal: ['@tensorflow/tfjs-core/dist/register_all_gradients', 'long'],
});
