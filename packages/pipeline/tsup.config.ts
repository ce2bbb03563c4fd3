import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

/** The worker is a file of its own, which threads start from. */
export default defineConfig({ ...library, entry: ['src/index.ts', 'src/infer.ts', 'src/train/train-worker.ts'] });
