import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({ ...library, entry: ['src/soak.ts', 'src/licences.ts'], format: ['esm'], dts: false });
