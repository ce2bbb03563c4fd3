import { statSync } from 'node:fs';
import { XtmError } from '@xtm/contracts';
import { readDocuments } from '@xtm/data';
import { FEW_BYTES, type ProjectAnswers } from './project-answers';

/** Topics of a corpus whose documents are too many, or not there yet, to be counted. */
const MANY = 50;
const FEWEST = 5;

/**
 * How many topics to look for, by the number of documents of the smaller language: 8 for 300 documents, 14 for 1,000,
 * and 50 from 12,500 on. With more topics than that, too few documents are left to say what each is about.
 */
export async function proposeTopics({ documents, textColumn }: Pick<ProjectAnswers, 'documents' | 'textColumn'>): Promise<number> {
  if (!isSmall(documents)) return MANY;
  try {
    const counts = await Promise.all(documents.map(async ({ path }) => (await readDocuments({ path, columns: { text: textColumn } })).length));
    return Math.min(MANY, Math.max(FEWEST, Math.round(Math.sqrt(Math.min(...counts) / 5))));
  } catch (error) {
    // What is wrong with the files is told by "prepare", which reads them as the file of settings says.
    if (error instanceof XtmError) return MANY;
    throw error;
  }
}

/** Folders and files that are not there yet are taken for large. */
export function isSmall(documents: ProjectAnswers['documents']): boolean {
  const sizes = documents.map(({ path }) => statSync(path, { throwIfNoEntry: false })).map((stats) => (stats?.isFile() ? stats.size : Number.POSITIVE_INFINITY));
  return sizes.reduce((sum, size) => sum + size, 0) < FEW_BYTES;
}
