import { openSource } from './open-source';
import { retryWhilePassing } from './retry-while-passing';
import type { TransferSettings } from './transfer-options';

/** What is behind an address, in memory: for what is small. Throws as `fetchFiles` does. */
export async function fetchContent(url: string, settings: TransferSettings): Promise<Uint8Array> {
  return retryWhilePassing(url, settings, async () => {
    const source = await openSource(url, 0, settings);
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.chunks) chunks.push(chunk);
      return Buffer.concat(chunks);
    } finally {
      source.close();
    }
  });
}
