import { InvalidOptionError } from '@xtm/contracts';
import type { Pooling } from '../onnx/onnx-session';

/** Numbers that a graph computes with: as it was trained, or with weights of 8 bits, which is smaller and faster. */
export const graphPrecisions = ['float32', 'int8'] as const;

export type GraphPrecision = (typeof graphPrecisions)[number];

/** A graph in a repository. */
export interface CatalogueGraph {
  /** Its path in the repository. */
  readonly path: string;
  /** Bytes of graph, weights and tokenizer together, about. */
  readonly downloadBytes: number;
}

/** Where an encoder's ONNX export is published, and what its vectors are to be made with. */
export interface CatalogueEntry {
  /** Name of the embedder too. */
  readonly name: string;
  readonly title: string;
  /** `owner/name` on the hub. */
  readonly repository: string;
  /** Where the model itself is published, if elsewhere: exports there are known by the same entry. */
  readonly origin?: string;
  readonly graphs: Readonly<Partial<Record<GraphPrecision, CatalogueGraph>>>;
  readonly dimensions: number;
  readonly pooling: Pooling;
  /** Put before every text, as the model was trained to expect; empty for none. */
  readonly prefix: string;
  /** Longest text in tokens that the model was trained with, opening and closing token included. */
  readonly maxTokens: number;
  /** SPDX identifier. */
  readonly licence: string;
}

const TOKENIZER_BYTES = 17_100_000;

const entries = [
  {
    name: 'multilingual-e5-small',
    title: 'Multilingual E5 small: about 100 languages, for a laptop',
    // The authors' own repository has int8 for one family of processors only.
    repository: 'Xenova/multilingual-e5-small',
    origin: 'intfloat/multilingual-e5-small',
    graphs: {
      float32: { path: 'onnx/model.onnx', downloadBytes: 470_000_000 + TOKENIZER_BYTES },
      int8: { path: 'onnx/model_quantized.onnx', downloadBytes: 118_000_000 + TOKENIZER_BYTES },
    },
    dimensions: 384,
    pooling: 'mean',
    prefix: 'query: ',
    maxTokens: 512,
    licence: 'MIT',
  },
  {
    name: 'paraphrase-multilingual-MiniLM-L12-v2',
    title: 'Paraphrase Multilingual MiniLM: about 50 languages, sentences',
    repository: 'Xenova/paraphrase-multilingual-MiniLM-L12-v2',
    origin: 'sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2',
    graphs: {
      float32: { path: 'onnx/model.onnx', downloadBytes: 470_000_000 + TOKENIZER_BYTES },
      int8: { path: 'onnx/model_quantized.onnx', downloadBytes: 118_000_000 + TOKENIZER_BYTES },
    },
    dimensions: 384,
    pooling: 'mean',
    prefix: '',
    maxTokens: 128,
    licence: 'Apache-2.0',
  },
  {
    name: 'bge-m3',
    title: 'BGE-M3: about 100 languages, long texts; the papers\' encoder',
    repository: 'BAAI/bge-m3',
    graphs: { float32: { path: 'onnx/model.onnx', downloadBytes: 2_270_000_000 + TOKENIZER_BYTES } },
    dimensions: 1_024,
    pooling: 'cls',
    prefix: '',
    maxTokens: 8_192,
    licence: 'MIT',
  },
] as const satisfies readonly CatalogueEntry[];

/** Encoders that are known by name, the smallest first. */
export const encoderCatalogue: readonly CatalogueEntry[] = entries;

export type EncoderName = (typeof entries)[number]['name'];

export const encoderNames = entries.map(({ name }) => name) as [EncoderName, ...EncoderName[]];

/** The entry of a name, or of a repository `owner/name` that publishes the same model. */
export function findEncoder(name: string): CatalogueEntry | undefined {
  return encoderCatalogue.find((entry) => [entry.name, entry.repository, entry.origin].includes(name));
}

/**
 * The repository of a known encoder, or the name itself where it is one.
 *
 * @throws InvalidOptionError for anything else
 */
export function repositoryOf(name: string): string {
  const known = encoderCatalogue.find((entry) => entry.name === name);
  if (known !== undefined) return known.repository;
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return name;
  throw new InvalidOptionError('model', name, `must be ${encoderNames.join(', ')} or a repository OWNER/NAME`, {
    advice: 'See "xtm models list".',
  });
}
