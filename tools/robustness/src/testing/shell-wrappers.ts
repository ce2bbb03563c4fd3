import { execFileSync } from 'node:child_process';

/** Programs that a command line is handed to. */
export type Wrapper = readonly string[];

const NAMESPACE: Wrapper = ['unshare', '--map-root-user', '--mount'];

/** Runs a command line twice, and says how each ended. */
const TWICE = '"$@"; echo "first run ended with $?" >&2; ENOUGH; "$@"; echo "second run ended with $?" >&2; RESCUE';

/**
 * Runs a command line with little room on the disk of `folder`, then again with enough; what is there then is copied
 * to `rescued`. Where this system lets us mount, the folder is a file system of its own of `kibibytes`; anywhere else
 * no file may be larger than an eighth of that.
 */
export function littleRoom(folder: string, kibibytes: number, rescued: string): Wrapper {
  if (mayMount()) {
    const script = TWICE.replace('ENOUGH', 'mount -o remount,size=64m "$0"').replace(
      'RESCUE',
      `cp -r "$0" "${rescued}"`,
    );
    return [...NAMESPACE, 'sh', '-c', `mount -t tmpfs -o size=${kibibytes}k tmpfs "$0" && { ${script}; }`, folder];
  }
  const script = TWICE.replace('"$@"', `(ulimit -f ${kibibytes >> 3}; "$@")`)
    .replace('ENOUGH', 'true')
    .replace('RESCUE', `cp -r "$0" "${rescued}"`);
  return ['sh', '-c', script, folder];
}

/**
 * Runs a command line where `folder` is on a read-only file system; `undefined` where this system lets us not mount.
 */
export function readOnly(folder: string): Wrapper | undefined {
  return mayMount()
    ? [...NAMESPACE, 'sh', '-c', 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"', folder]
    : undefined;
}

/** Runs a command line to which permissions apply: root may write anywhere. */
export function unprivileged(): Wrapper {
  return process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
}

function mayMount(): boolean {
  try {
    execFileSync(NAMESPACE[0]!, [...NAMESPACE.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
