// node assembly/embed.mjs kernels|shared: takes a compiled module into src/kernel-binaries.ts.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'src/kernel-binaries.ts';
const [name] = process.argv.slice(2);
const line = new RegExp(`(?<=^export const ${name.toUpperCase()} = ').*(?=';$)`, 'm');
writeFileSync(FILE, readFileSync(FILE, 'utf8').replace(line, readFileSync(`wasm/${name}.wasm`, 'base64')));
