import { join } from 'node:path';
import { cacheFolder } from '@xtm/llm';
import type { Terminal } from '../terminal/terminal';

/** Where benchmarks are kept unless a flag says so. */
export function datasetsFolder(folder: string | undefined, { environment }: Terminal): string {
  return folder ?? join(cacheFolder(environment), 'datasets');
}
