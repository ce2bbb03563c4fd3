import { defineConfig } from 'tsup';
import { library } from '../../tsup.preset';

export default defineConfig({ ...library, entry: { soak: 'src/soak/soak.ts', licences: 'src/licences/licences.ts' }, format: ['esm'], dts: false });
