import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';

/** Files up to this size are hashed whole; larger ones by samples, so that opening a model of gigabytes takes no time. */
const WHOLE_BYTES = 64 * 2 ** 20;
const SAMPLES = 64;
const SAMPLE_BYTES = 2 ** 16;

/** A hash over names, sizes and contents of files; of large files, evenly spread samples of the content. */
export async function fileFingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      hash.update(`${basename(file)}\n${size}\n`);
      const whole = size <= WHOLE_BYTES;
      const length = whole ? size : SAMPLE_BYTES;
      for (let sample = 0; sample < (whole ? 1 : SAMPLES); sample++) {
        const position = whole ? 0 : Math.floor((sample * (size - length)) / (SAMPLES - 1));
        hash.update((await handle.read(Buffer.alloc(length), 0, length, position)).buffer);
      }
    } finally {
      await handle.close();
    }
  }
  return hash.digest('hex');
}
