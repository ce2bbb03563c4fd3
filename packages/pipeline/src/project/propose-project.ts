import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { MissingFileError } from '@xtm/contracts';
import { readDocuments } from '@xtm/data';
import { museCode, musePairs } from '@xtm/dictionary';
import { findEncoders, modelsFolder } from '@xtm/embedder';
import { isSmallProject, type KnownProject, type Project, type ProjectStep } from './project';

/** A whole project, and how to get from it to topics. */
export interface ProposedProject {
  readonly project: Project;
  /** What makes the dictionary, in order; nothing where it is there. */
  readonly steps: readonly ProjectStep[];
  /** What links the languages, in one sentence without a full stop. */
  readonly reason: string;
}

/**
 * Completes what is known of a project by looking at what there is: texts, a dictionary, encoders, memory. Documents
 * are compared by their words and a dictionary unless the user says otherwise: that takes a minute where an encoder
 * takes many, and models trained so match documents better. Where there is no dictionary, an encoder that this machine
 * can hold makes one, or MUSE has one.
 *
 * @param file where the project's settings will be; the dictionary is proposed beside it
 * @param environment where the folder of encoders may be set; `process.env` by default
 */
export async function proposeProject(
  known: KnownProject,
  file: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<ProposedProject> {
  const codes = known.documents.map(({ language }) => language);
  const project: Project = {
    ...known,
    name: known.name ?? basename(file).replace(/\.\w+$/, ''),
    dictionary: known.dictionary ?? join(dirname(file), `dictionary-${codes.join('-')}.txt`),
    embedder: known.embedder ?? { name: 'aligned' },
    numTopics: known.numTopics ?? (await proposeNumTopics(known)),
    refiner: known.refiner ?? 'none',
  };
  const { name } = project.embedder;
  const compared = `documents are compared by ${name === 'aligned' ? 'their words and a dictionary' : name}`;
  if (existsSync(project.dictionary)) return { project, steps: [], reason: compared };
  const { maker, steps } = await proposeDictionary(project, environment);
  return { project, steps, reason: `${compared}, which ${maker}` };
}

async function proposeDictionary(
  { documents, dictionary, embedder: { name } }: Project,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly maker: string; readonly steps: readonly ProjectStep[] }> {
  const languages = documents.map(({ language }) => language);
  const encoder = name === 'aligned' || name === 'precomputed' ? await smallestEncoder(environment) : name;
  if (encoder !== undefined) return { maker: `${encoder} makes of them`, steps: [{ kind: 'induceDictionary' }] };
  if (musePairs.includes(languages.map(museCode).join('-'))) {
    const steps = [{ kind: 'fetchDictionary', languages, file: dictionary }] as const;
    return { maker: 'MUSE has for these languages', steps };
  }
  const fetch = { kind: 'fetchEncoder', encoder: 'multilingual-e5-small' } as const;
  return { maker: 'a small encoder makes of them', steps: [fetch, { kind: 'induceDictionary' }] };
}

/** An encoder in memory, its graph's buffers included, over its size on disk. */
const MEMORY_PER_BYTE = 1.5;

/** Share of the machine's memory that an encoder may take. */
const MEMORY_SHARE = 0.5;

/** The smallest encoder that is on this machine, if it can hold it. */
async function smallestEncoder(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const encoders = await findEncoders(modelsFolder(environment));
  const held = encoders.filter(({ bytes }) => bytes * MEMORY_PER_BYTE <= totalmem() * MEMORY_SHARE);
  return held.sort((one, other) => one.bytes - other.bytes)[0]?.name;
}

/** Topics of a corpus whose documents are too many, or not there yet, to be counted. */
const MANY_TOPICS = 50;
const FEWEST_TOPICS = 5;

/**
 * How many topics to look for, by the number of documents of the smaller language: 8 for 300 documents, 14 for 1,000,
 * and 50 from 12,500 on. With more topics than that, too few documents are left to say what each is about. Texts may
 * come later.
 *
 * @throws DataFormatError for texts that are there and cannot be read so, such as a column of another name
 */
export async function proposeNumTopics({
  documents,
  textColumn,
}: Pick<KnownProject, 'documents' | 'textColumn'>): Promise<number> {
  if (!isSmallProject(documents)) return MANY_TOPICS;
  try {
    const texts = documents.map(({ path }) => readDocuments({ path, columns: { text: textColumn } }));
    const counts = (await Promise.all(texts)).map(({ length }) => length);
    return Math.min(MANY_TOPICS, Math.max(FEWEST_TOPICS, Math.round(Math.sqrt(Math.min(...counts) / 5))));
  } catch (error) {
    if (error instanceof MissingFileError) return MANY_TOPICS;
    throw error;
  }
}
