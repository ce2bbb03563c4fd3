import { existsSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { museCode, musePairs } from '@xtm/dictionary';
import { findEncoders, modelsFolder, type InstalledEncoder } from '@xtm/embedder';
import { pastablePath } from '../terminal/short-path';
import type { Terminal } from '../terminal/terminal';
import type { EmbedderAnswer, ProjectAnswers } from './project-answers';

/** What links the languages of a project: an embedder, a dictionary, and what to do before there is one. */
export interface LinkProposal {
  readonly embedder: EmbedderAnswer;
  readonly dictionary?: string;
  /** Commands that make the dictionary, to be pasted, in order. */
  readonly steps: readonly string[];
  /** Why so, in one sentence. */
  readonly reason: string;
}

type Known = Pick<ProjectAnswers, 'documents'> & Partial<Pick<ProjectAnswers, 'dictionary' | 'embedder'>>;

/** An encoder in memory, its graph's buffers included, over its size on disk. */
const MEMORY_PER_BYTE = 1.5;
/** Share of the machine's memory that an encoder may take. */
const MEMORY_SHARE = 0.5;
/** Longer embedding is not proposed; the user may still choose it. */
const MOST_SECONDS = 2 * 3_600;
const BYTES_PER_TOKEN = 4;

/**
 * Looks at what there is (a dictionary, encoders, memory, the size of the texts) and proposes what to link the languages
 * by: an encoder where there is one that this machine can run in time, else the corpus and a dictionary; and where the
 * dictionary is to come from, if it is not there.
 *
 * @param file the project's file
 */
export async function proposeLinks({ documents, dictionary, embedder }: Known, file: string, environment: Terminal['environment']): Promise<LinkProposal> {
  const found = embedder === undefined ? (await findEncoders(modelsFolder(environment))).sort((a, b) => a.bytes - b.bytes) : [];
  const usable = found.find((encoder) => fitsInMemory(encoder) && secondsToEmbed(encoder, documents) <= MOST_SECONDS);
  const chosen = embedder ?? (usable === undefined ? { name: 'aligned' } : { name: usable.name });
  if (dictionary !== undefined && existsSync(dictionary)) return { embedder: chosen, dictionary, steps: [], reason: reasonFor(chosen, found) };
  const codes = documents.map(({ language }) => language);
  const place = dictionary ?? join(dirname(file), `dictionary-${codes.join('-')}.txt`);
  return { embedder: chosen, dictionary: place, ...stepsToDictionary(chosen, found, codes, place, file) };
}

function fitsInMemory({ bytes }: InstalledEncoder): boolean {
  return bytes * MEMORY_PER_BYTE <= totalmem() * MEMORY_SHARE;
}

/** Measured on two cores: about 3,000 tokens per second with vectors of 384 dimensions, 200 with 1,024 (docs/embedders.md). */
function secondsToEmbed({ dimensions }: InstalledEncoder, documents: ProjectAnswers['documents']): number {
  const bytes = documents.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
  return bytes / BYTES_PER_TOKEN / (dimensions > 512 ? 200 : 3_000);
}

function reasonFor({ name }: EmbedderAnswer, found: readonly InstalledEncoder[]): string {
  if (name !== 'aligned') return `documents are compared by ${name}, which knows both languages`;
  if (found.length > 0) return `documents are compared by their words and the dictionary: ${found[0]!.name} would take too long, or too much memory, here`;
  return 'documents are compared by their words and the dictionary';
}

/** How a dictionary is come by: made with an encoder that is here, else fetched, else made with an encoder that is fetched. */
function stepsToDictionary(embedder: EmbedderAnswer, found: readonly InstalledEncoder[], codes: readonly string[], place: string, file: string): Pick<LinkProposal, 'steps' | 'reason'> {
  const induce = `xtm dictionary induce ${pastablePath(file)}`;
  if (embedder.name !== 'aligned' || found.some(fitsInMemory)) {
    return { steps: [induce], reason: `${reasonFor(embedder, found)}; the same encoder makes the dictionary` };
  }
  if (musePairs.includes(codes.map(museCode).join('-'))) {
    return { steps: [`xtm dictionary fetch ${codes.join(',')} --out ${pastablePath(place)}`], reason: 'there is no dictionary and no encoder here: MUSE has a dictionary of these languages' };
  }
  return { steps: ['xtm models fetch multilingual-e5-small', induce], reason: 'there is no dictionary and no encoder here: a small encoder makes one' };
}
