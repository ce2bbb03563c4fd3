import { existsSync } from 'node:fs';
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
  readonly dictionary: string;
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

/**
 * Looks at what there is (a dictionary, encoders, memory) and proposes what to link the languages by. Documents are
 * compared by their words and a dictionary unless the user says otherwise: that takes a minute where an encoder takes
 * many, and models trained so match documents better (docs/own-texts.md). An encoder that this machine can hold makes the
 * dictionary where there is none.
 *
 * @param file the project's file
 */
export async function proposeLinks({ documents, dictionary, embedder }: Known, file: string, environment: Terminal['environment']): Promise<LinkProposal> {
  const chosen = embedder ?? { name: 'aligned' };
  const compared = chosen.name === 'aligned' ? 'documents are compared by their words and a dictionary' : `documents are compared by ${chosen.name}`;
  if (dictionary !== undefined && existsSync(dictionary)) return { embedder: chosen, dictionary, steps: [], reason: compared };
  const codes = documents.map(({ language }) => language);
  const place = dictionary ?? join(dirname(file), `dictionary-${codes.join('-')}.txt`);
  const induce = `xtm dictionary induce ${pastablePath(file)}`;
  const encoder = await encoderFor(chosen, environment);
  if (encoder !== undefined) return { embedder: chosen, dictionary: place, steps: [induce], reason: `${compared}, which ${encoder} makes of them` };
  if (musePairs.includes(codes.map(museCode).join('-'))) {
    const fetch = `xtm dictionary fetch ${codes.join(',')} --out ${pastablePath(place)}`;
    return { embedder: chosen, dictionary: place, steps: [fetch], reason: `${compared}, which MUSE has for these languages` };
  }
  return { embedder: chosen, dictionary: place, steps: ['xtm models fetch multilingual-e5-small', induce], reason: `${compared}, which a small encoder makes of them` };
}

/** The encoder that was chosen for the documents, else the smallest on this machine that it can hold. */
async function encoderFor({ name }: EmbedderAnswer, environment: Terminal['environment']): Promise<string | undefined> {
  if (name !== 'aligned' && name !== 'precomputed') return name;
  const found = (await findEncoders(modelsFolder(environment))).sort((a, b) => a.bytes - b.bytes);
  return found.find(fitsInMemory)?.name;
}

function fitsInMemory({ bytes }: InstalledEncoder): boolean {
  return bytes * MEMORY_PER_BYTE <= totalmem() * MEMORY_SHARE;
}
