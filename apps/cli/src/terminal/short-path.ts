import { relative } from 'node:path';

/** A path relative to the working directory where that is shorter; it can be typed as it is shown. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short !== '' && short.length < path.length ? short : path;
}
