import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from './reply-cache';

describe('cacheFolder', () => {
  it('is what XTM_CACHE says on every platform', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(cacheFolder({ XTM_CACHE: '/somewhere' }, platform)).toBe('/somewhere');
  });

  it('is the platform\'s cache folder otherwise', () => {
    expect(cacheFolder({}, 'linux')).toBe(join(homedir(), '.cache', 'xtm'));
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches' }, 'linux')).toBe(join('/caches', 'xtm'));
    expect(cacheFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Caches', 'xtm'));
    expect(cacheFolder({ LOCALAPPDATA: '/local' }, 'win32')).toBe(join('/local', 'xtm', 'Cache'));
  });
});
