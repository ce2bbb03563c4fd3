import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder whose `include/node` holds Node's headers: npm's setting `nodedir`, this Node's own, or the system's. The
 * binding uses Node-API only, so headers of another version do. Undefined where node-gyp has to download them.
 */
export function findNodeHeaders(
  candidates: readonly (string | undefined)[] = [
    process.env['npm_config_nodedir'],
    dirname(dirname(process.execPath)),
    '/usr/local',
    '/usr',
  ],
): string | undefined {
  return candidates.find(
    (folder) =>
      folder !== undefined &&
      ['node_api.h', 'common.gypi'].every((file) => existsSync(join(folder, 'include', 'node', file))),
  );
}
