import { DataFormatError, type MetadataValue } from '@xtm/contracts';
import { z } from 'zod';
import type { RawDocument } from './raw-document';

/** A document in memory with what is known about it; as in files, further facts are kept as metadata. */
export interface TextDocument {
  readonly text: string;
  readonly id?: string;
  readonly label?: string;
  /** Which part it belongs to; by default a share is held out. */
  readonly split?: 'train' | 'test';
  readonly metadata?: Readonly<Record<string, MetadataValue>>;
}

/** Documents of one language in memory, or as they come from a database or a stream. */
export interface DocumentTexts {
  /** Code, alias or suffix. */
  readonly language: string;
  readonly texts: Iterable<string | TextDocument> | AsyncIterable<string | TextDocument>;
}

export const documentTextsSchema = z.strictObject({
  language: z.string().min(1),
  texts: z.custom<DocumentTexts['texts']>(
    (value) =>
      typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value),
    'must be an array, or another iterable, of texts',
  ),
});

const textSchema = z.union([z.string(), z.strictObject({
  text: z.string(),
  id: z.string().optional(),
  label: z.string().optional(),
  split: z.enum(['train', 'test']).optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})]);

/**
 * Takes the texts, in their order, one after another.
 *
 * @throws DataFormatError for what is neither a text nor a document, with its number
 */
export async function collectTexts({ language, texts }: DocumentTexts): Promise<RawDocument[]> {
  const documents: RawDocument[] = [];
  for await (const item of texts) {
    const place = { file: `texts in ${language}`, line: documents.length + 1 };
    const parsed = textSchema.safeParse(item);
    if (!parsed.success)
      throw new DataFormatError('is neither a text nor a document with a text', place, { cause: parsed.error });
    const { metadata = {}, ...document } = typeof parsed.data === 'string' ? { text: parsed.data } : parsed.data;
    documents.push({ ...document, metadata, place });
  }
  return documents;
}
