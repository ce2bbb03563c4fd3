import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({ ...library, entry: ['src/aligned.ts', 'src/compare.ts', 'src/documents.ts', 'src/encode.ts', 'src/throughput.ts'], format: ['esm'], dts: false });
