import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MissingFileError } from '@xtm/contracts';

/** The page's script and styles, which the package's build makes. Throws `MissingFileError` before that. */
export function readPageAssets(): { readonly script: string; readonly styles: string } {
  return { script: readAsset('main.js').trim(), styles: readAsset('main.css') };
}

/** The path is the same from `src` and from `dist`. */
function readAsset(name: string): string {
  const path = fileURLToPath(new URL(`../dist/page/${name}`, import.meta.url));
  if (!existsSync(path)) throw new MissingFileError(path, 'writing a report', { advice: 'In a checkout of xtm: npm run bundle. Elsewhere: install @xtm/report again.' });
  return readFileSync(path, 'utf8');
}
