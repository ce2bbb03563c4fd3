import { statSync } from 'node:fs';

export const projectRefiners = ['none', 'corpus', 'openai'] as const;

export type ProjectRefiner = (typeof projectRefiners)[number];

/** An embedder by name, with its options. */
export interface ProjectEmbedder {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Texts of one language. */
export interface ProjectDocuments {
  /** BCP-47 code. */
  readonly language: string;
  /** A file, or a folder of .txt files. */
  readonly path: string;
}

/** All that the settings file of a new project is written from. */
export interface Project {
  readonly name: string;
  /** What the documents are, in a few words. */
  readonly description?: string;
  /** One entry per language, in order. */
  readonly documents: readonly ProjectDocuments[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  /** Pairs of words, whether or not the file is there yet. */
  readonly dictionary: string;
  /** What documents' vectors come from. */
  readonly embedder: ProjectEmbedder;
  readonly numTopics: number;
  readonly refiner: ProjectRefiner;
}

/** What the user has said so far. */
export type KnownProject = Pick<Project, 'documents'> & Partial<Omit<Project, 'documents'>>;

/** Something to do before a project's texts can be prepared. */
export type ProjectStep =
  | { readonly kind: 'fetchEncoder'; readonly encoder: string }
  | { readonly kind: 'induceDictionary' }
  | { readonly kind: 'fetchDictionary'; readonly languages: readonly string[]; readonly file: string };

/** Texts of fewer bytes make so few documents that a word in two of them tells something. */
const FEW_BYTES = 5_000_000;

/** Whether the texts are few; folders, and files that are not there yet, are taken for large. */
export function isSmallProject(documents: readonly ProjectDocuments[]): boolean {
  const sizes = documents.map(({ path }) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : Number.POSITIVE_INFINITY;
  });
  return sizes.reduce((sum, size) => sum + size, 0) < FEW_BYTES;
}
