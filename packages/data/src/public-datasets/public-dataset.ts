import type { Language } from '@xtm/contracts';

/** Where files of a benchmark are published. */
export interface DatasetSource {
  readonly about: string;
  readonly repository: string;
  /** What a file's path is added to; absent where the files are in an archive. */
  readonly baseUrl?: string;
  /** A zip archive whose members have the files' paths. */
  readonly archive?: string;
}

/** A file of a benchmark. */
export interface DatasetFile {
  /** Below the folder that holds benchmarks, as mirrors have it. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Key of its source. */
  readonly source: string;
}

/** A public benchmark: what it is, and how its files are got and checked. */
export interface PublicDataset {
  /** Its name on the command line, and of its preset. */
  readonly name: string;
  readonly title: string;
  /** Name of its folder. */
  readonly folder: string;
  /** What the documents are, for the prompts of ratings. */
  readonly description: string;
  readonly languages: readonly Language[];
  /** Names of label values, where they are known. */
  readonly labels: Readonly<Partial<Record<string, string>>>;
  readonly preset: string;
  /** Path of its dictionary, one of the files. */
  readonly dictionary: string;
  readonly documents: readonly { readonly language: string; readonly train: number; readonly test: number }[];
  /** Publications that it comes from. */
  readonly references: readonly string[];
  readonly licence: string;
  readonly notes: readonly string[];
  readonly sources: Readonly<Partial<Record<string, DatasetSource>>>;
  readonly files: readonly DatasetFile[];
}

/** Files that are needed beside the benchmarks and have to be got by hand, since nobody states their checksums. */
export interface ReferenceFiles {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly repository: string;
  /** Where the repository has them from. */
  readonly origin: string;
  readonly licence: string;
  /** Command that gets them. */
  readonly obtain: string;
  /** Command that uses them. */
  readonly use: string;
  /** By the second language's code: the list of file pairs that `readReferenceConfig` of `@xtm/metrics` reads. */
  readonly configs: Readonly<Partial<Record<string, string>>>;
  readonly files: readonly string[];
}
