import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolderError, type DenseMatrix, type DocumentMetadata, type Language } from '@xtm/contracts';
import { z } from 'zod';
import { applyTopicEdits, type ShownTopic } from '../topic-edits/apply-topic-edits';
import { shownProportions } from '../topic-edits/shown-proportions';
import { readTopicEdits } from '../topic-edits/topic-edits';
import { readRunMatrix } from './read-run-matrix';
import { readRunTopics } from './read-run-topics';
import { SPLITS, type Split } from './splits';

const factsSchema = z.object({
  id: z.string().optional(),
  label: z.string().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});

/** What a run's folder says of one document besides its topics. */
export interface DocumentFacts {
  readonly id?: string;
  readonly label?: string;
  readonly metadata?: DocumentMetadata;
}

/** The documents of one language and one split. */
export interface RunDocumentSet {
  readonly language: Language;
  readonly split: Split;
  /** [documents]; empty objects where the corpus had nothing. */
  readonly facts: readonly DocumentFacts[];
  /** Proportions of the shown topics [documents, shown topics]. */
  readonly proportions: DenseMatrix;
}

/** All documents of a run, with the topics that are shown after people's edits. */
export interface RunDocuments {
  readonly topics: readonly ShownTopic[];
  readonly sets: readonly RunDocumentSet[];
}

/** @throws MissingFileError before the run has finished, RunFolderError where its files do not belong together */
export function readRunDocuments(folder: string): RunDocuments {
  const { languages, topics: trained } = readRunTopics(folder);
  const topics = applyTopicEdits(readTopicEdits(folder), trained.length);
  const sets = languages.flatMap((language) => SPLITS.flatMap((split) => {
    const name = `documentTopics_${language.suffix}_${split}.npy`;
    // Every run has training documents; held-out ones are not a must.
    if (split === 'test' && !existsSync(join(folder, name))) return [];
    const proportions = readRunMatrix(folder, name);
    if (proportions.columns !== trained.length) throw mismatch(folder, name, `${proportions.columns} topics where the run has ${trained.length}`);
    const facts = readFacts(folder, `documents_${language.suffix}_${split}.jsonl`, proportions.rows);
    return [{ language, split, facts, proportions: shownProportions(proportions, topics) }];
  }));
  return { topics, sets };
}

function readFacts(folder: string, name: string, documents: number): DocumentFacts[] {
  const file = join(folder, name);
  if (!existsSync(file)) return Array.from({ length: documents }, () => ({}));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (lines.length !== documents) throw mismatch(folder, name, `${lines.length} documents where the topics are of ${documents}`);
  return lines.map((line, index) => parseFacts(line, () => mismatch(folder, name, `line ${index + 1} is not what xtm writes`)));
}

function parseFacts(line: string, problem: () => RunFolderError): DocumentFacts {
  try {
    return factsSchema.parse(JSON.parse(line));
  } catch {
    throw problem();
  }
}

function mismatch(folder: string, name: string, problem: string): RunFolderError {
  return new RunFolderError(folder, `${name}: ${problem}`, { advice: 'Was the model changed after the run? Train it again to write its documents afresh.' });
}
