import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where replies and downloads are kept between runs: `XTM_CACHE`, else `xtm` in the platform's cache folder. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env, platform: NodeJS.Platform = process.platform): string {
  if (environment.XTM_CACHE) return environment.XTM_CACHE;
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'xtm', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'xtm');
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'xtm');
}
