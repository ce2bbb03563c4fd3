import { relative } from 'node:path';

/** A path relative to the working directory where that is shorter; it can be typed as it is shown. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short !== '' && short.length < path.length ? short : path;
}

/** The same, in quotation marks where a shell needs them. */
export function pastablePath(path: string): string {
  const short = shortPath(path);
  return /^[\w./@:+-]+$/.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`;
}
