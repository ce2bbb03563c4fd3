import { cacheFolder } from '@xtm/llm';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listGraphs, precisionOf } from '../onnx/model-folder';
import { encoderCatalogue, graphPrecisions, type CatalogueEntry, type GraphPrecision } from './encoder-catalogue';
import { readEncoderRecord } from './encoder-record';

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
 * The encoders of the catalogue that lie, whole, in a folder of models: fetched ones, and copies in a folder that has the
 * encoder's name or its repository's (`OWNER--NAME`). In the catalogue's order; none where there is no such folder.
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
  const names = [basename(folder), basename(folder).replace('--', '/'), ...(record === undefined ? [] : [record.model, record.repository])];
  const entry = encoderCatalogue.find(({ name, repository, origin = name }) => [name, repository, origin].some((known) => names.includes(known)));
  if (entry === undefined) return [];
  const files = await readdir(folder, { recursive: true });
  const graphs = (await listGraphs(folder)).filter((graph) => !files.some((file) => file.startsWith(graph) && file.endsWith('.part')));
  const found = new Set(graphs.map(precisionOf));
  const precisions = graphPrecisions.filter((precision) => found.has(precision));
  if (precisions.length === 0 || !files.some((file) => basename(file) === 'tokenizer.json')) return [];
  const sizes = await Promise.all(files.map((file) => stat(join(folder, file))));
  const bytes = sizes.reduce((sum, status) => sum + (status.isFile() ? status.size : 0), 0);
  return [{ name: entry.name, folder, precisions, dimensions: entry.dimensions, bytes }];
}
