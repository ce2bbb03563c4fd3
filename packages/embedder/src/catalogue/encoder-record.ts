import { DataFormatError } from '@xtm/contracts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Beside a fetched model, so that its folder says what it is wherever it is moved to. */
export const RECORD_NAME = 'xtm-encoder.json';

const recordSchema = z.object({
  /** Name in the catalogue, or the repository. */
  model: z.string().min(1),
  repository: z.string().min(1),
  revision: z.string().min(1),
});

/** Where a model folder came from. */
export type EncoderRecord = z.output<typeof recordSchema>;

export async function writeEncoderRecord(folder: string, record: EncoderRecord): Promise<void> {
  await writeFile(join(folder, RECORD_NAME), `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * The record of a folder; `undefined` where xtm did not fetch it.
 *
 * @throws DataFormatError where it is not what xtm writes
 */
export async function readEncoderRecord(folder: string): Promise<EncoderRecord | undefined> {
  const file = join(folder, RECORD_NAME);
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(content));
  } catch (error) {
    throw new DataFormatError('does not say which model the folder holds', { file }, { cause: error, advice: 'Fetch the model again, or delete the file and name the model as embedder.' });
  }
}
