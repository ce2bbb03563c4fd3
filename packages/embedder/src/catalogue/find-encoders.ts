import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { DataFormatError } from '@xtm/contracts';
import { cacheFolder } from '@xtm/llm';
import { listGraphs, precisionOf } from '../onnx/model-folder';
import { type CatalogueEntry, encoderCatalogue, type GraphPrecision, graphPrecisions } from './encoder-catalogue';

/** An encoder of the catalogue that is on this machine. */
export interface InstalledEncoder {
  /** Name of the embedder. */
  readonly name: CatalogueEntry['name'];
  readonly folder: string;
  /** At least one. */
  readonly precisions: readonly GraphPrecision[];
  readonly dimensions: number;
  /** Size of the folder. */
  readonly bytes: number;
}

/** Folder that fetched models are kept in: `models` in the cache folder, which `XTM_CACHE` names. */
export function modelsFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(cacheFolder(environment), 'models');
}

/**
 * The encoders of the catalogue that lie, whole, in a folder of models: fetched ones, and copies in a folder that has
 * the encoder's name or its repository's (`OWNER--NAME`). In the catalogue's order; none where there is no such
 * folder.
 *
 * @param folder default `models` in the cache folder
 */
export async function findEncoders(folder: string = modelsFolder()): Promise<InstalledEncoder[]> {
  const names = await readdir(folder).catch(() => []);
  const found = (await Promise.all(names.sort().map((name) => inspectFolder(join(folder, name))))).flat();
  return encoderCatalogue.flatMap(({ name }) => found.filter((encoder) => encoder.name === name));
}

async function inspectFolder(folder: string): Promise<InstalledEncoder[]> {
  const record = await readEncoderRecord(folder).catch(() => undefined);
  const names = [
    basename(folder),
    basename(folder).replace('--', '/'),
    ...(record === undefined ? [] : [record.model, record.repository]),
  ];
  const entry = encoderCatalogue.find(({ name, repository, origin = name }) =>
    [name, repository, origin].some((known) => names.includes(known)),
  );
  if (entry === undefined) return [];
  const files = await readdir(folder, { recursive: true });
  const graphs = (await listGraphs(folder)).filter(
    (graph) => !files.some((file) => file.startsWith(graph) && file.endsWith('.part')),
  );
  const found = new Set(graphs.map(precisionOf));
  const precisions = graphPrecisions.filter((precision) => found.has(precision));
  if (precisions.length === 0 || !files.some((file) => basename(file) === 'tokenizer.json')) return [];
  const sizes = await Promise.all(files.map((file) => stat(join(folder, file))));
  const bytes = sizes.reduce((sum, status) => sum + (status.isFile() ? status.size : 0), 0);
  return [{ name: entry.name, folder, precisions, dimensions: entry.dimensions, bytes }];
}

/** Beside a fetched model, so that its folder says what it is wherever it is moved to. */
export const RECORD_NAME = 'xtm-encoder.json';

const recordSchema = z.object({
  /** Name in the catalogue, or the repository. */
  model: z.string().min(1),
  repository: z.string().min(1),
  revision: z.string().min(1),
});

/** Where a model folder came from. */
type EncoderRecord = z.output<typeof recordSchema>;

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
    throw new DataFormatError(
      'does not say which model the folder holds',
      { file },
      { cause: error, advice: 'Fetch the model again, or delete the file and name the model as embedder.' },
    );
  }
}
