import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

/** Runs in browsers too: nothing of Node is assumed or filled in. */
export default defineConfig({ ...library, platform: 'neutral', target: 'es2022', shims: false });
