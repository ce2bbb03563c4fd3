import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DESCRIPTOR_FILE, type DatasetDescriptor } from '../dataset/dataset-descriptor';
import type { PublicDataset } from './public-dataset';

/** Writes `dataset.json` into a benchmark's folder below `folder`. */
export async function describeDataset({ folder: name, description, languages, labels, preset, dictionary }: PublicDataset, folder: string): Promise<void> {
  const descriptor = { name, description, languages, dictionary: relative(name, dictionary).replaceAll('\\', '/'), labels: { ...labels } as Record<string, string>, preset } satisfies DatasetDescriptor;
  await writeFile(join(folder, name, DESCRIPTOR_FILE), `${JSON.stringify(descriptor, undefined, 2)}\n`);
}
