import {
  RunFolderError,
  type DenseMatrix,
  type DocumentMetadata,
  type DocumentSet,
  type DocumentTopics,
  type Language,
} from '@xtm/contracts';
import { z } from 'zod';
import { hasRunFile, readRunBytes, readRunMatrix, writeRunLines, writeRunMatrix } from './run-file';
import type { RunFolder } from './run-folder';

/** Parts of a corpus, as file names call them. */
export const SPLITS = ['train', 'test'] as const;

export type Split = (typeof SPLITS)[number];

/** What a run's folder says of one document besides its topics. */
export interface DocumentFacts {
  readonly id?: string;
  readonly label?: string;
  readonly metadata?: DocumentMetadata;
}

/** Documents of one language and one split, with the topics as they were trained. */
export interface TrainedDocuments {
  /** [documents]; empty objects where the corpus had nothing. */
  readonly facts: readonly DocumentFacts[];
  /** [documents, topics]. */
  readonly proportions: DenseMatrix;
}

const factsSchema = z.object({
  id: z.string().optional(),
  label: z.string().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** Whether a run has documents of that language and split. */
export function hasDocuments(folder: string, language: Language, split: Split): boolean {
  return hasRunFile(folder, topicsFile(language, split));
}

/**
 * Proportions of the trained topics [documents, topics], from `documentTopics_LANG_SPLIT.npy`.
 *
 * @throws MissingFileError before the run has finished, DataFormatError for what is no matrix
 */
export function readDocumentTopics(folder: string, language: Language, split: Split): DenseMatrix {
  return readRunMatrix(folder, topicsFile(language, split));
}

/**
 * Documents of one language and split with their topics.
 *
 * @param numTopics of the trained model
 * @throws MissingFileError before the run has finished, DataFormatError; RunFolderError where files do not belong
 *   together
 */
export function readDocuments(folder: string, language: Language, split: Split, numTopics: number): TrainedDocuments {
  const proportions = readDocumentTopics(folder, language, split);
  if (proportions.columns !== numTopics) {
    throw mismatch(
      folder,
      topicsFile(language, split),
      `${proportions.columns} topics where the run has ${numTopics}`,
    );
  }
  return { proportions, facts: readFacts(folder, factsFile(language, split), proportions.rows) };
}

/** Writes `documentTopics_LANG_SPLIT.npy`, and `documentMeans_LANG_SPLIT.npy` where the model has means. */
export function writeDocumentTopics(
  folder: RunFolder,
  language: Language,
  split: Split,
  { proportions, means }: DocumentTopics,
): void {
  writeRunMatrix(folder, topicsFile(language, split), proportions);
  if (means !== undefined) writeRunMatrix(folder, `documentMeans_${language.suffix}_${split}.npy`, means);
}

/** Writes `documents_LANG_SPLIT.jsonl` with ids, labels and metadata, where the corpus has any. */
export function writeDocumentFacts(
  folder: RunFolder,
  language: Language,
  split: Split,
  { rows, ids, labels, metadata }: DocumentSet,
): void {
  if (ids === undefined && labels === undefined && metadata === undefined) return;
  const factsOf = (at: number): DocumentFacts => ({ id: ids?.[at], label: labels?.[at], metadata: metadata?.[at] });
  writeRunLines(
    folder,
    factsFile(language, split),
    Array.from({ length: rows.rows }, (_, at) => JSON.stringify(factsOf(at))),
  );
}

function topicsFile({ suffix }: Language, split: Split): string {
  return `documentTopics_${suffix}_${split}.npy`;
}

function factsFile({ suffix }: Language, split: Split): string {
  return `documents_${suffix}_${split}.jsonl`;
}

function readFacts(folder: string, name: string, documents: number): DocumentFacts[] {
  if (!hasRunFile(folder, name)) return Array.from({ length: documents }, () => ({}));
  const lines = readRunBytes(folder, name).toString('utf8').trimEnd().split('\n');
  if (lines.length !== documents)
    throw mismatch(folder, name, `${lines.length} documents where the topics are of ${documents}`);
  return lines.map((line, index) =>
    parseFacts(line, () => mismatch(folder, name, `line ${index + 1} is not what xtm writes`)),
  );
}

function parseFacts(line: string, problem: () => RunFolderError): DocumentFacts {
  try {
    return factsSchema.parse(JSON.parse(line));
  } catch {
    throw problem();
  }
}

function mismatch(folder: string, name: string, problem: string): RunFolderError {
  const advice = 'Was the model changed after the run? Train it again to write its documents afresh.';
  return new RunFolderError(folder, `${name}: ${problem}`, { advice });
}
