import { DataFormatError, EmptyCorpusError, type Language, type RandomGenerator } from '@xtm/contracts';
import { findLanguage } from '../dataset/languages';
import type { DocumentSource } from '../documents/document-source';
import { collectTexts, type DocumentTexts } from '../documents/document-texts';
import type { RawDocument } from '../documents/raw-document';
import { readDocuments } from '../documents/read-documents';

/**
 * Reads all sources and gives each language its documents, in the order of the sources.
 *
 * @throws DataFormatError if a document's language is unknown, or ids repeat, or only some documents have a label
 *   or a split; EmptyCorpusError for a language without documents.
 */
export async function groupDocuments(
  sources: readonly (DocumentSource | DocumentTexts)[],
  languages: readonly Language[],
): Promise<RawDocument[][]> {
  const groups: RawDocument[][] = languages.map(() => []);
  for (const source of sources) {
    for (const document of 'texts' in source ? await collectTexts(source) : await readDocuments(source))
      groups[languageOf(document, source, languages)]!.push(document);
  }
  groups.forEach((documents, index) => checkGroup(documents, languages[index]!));
  return groups;
}

function languageOf(
  { language, place }: RawDocument,
  source: DocumentSource | DocumentTexts,
  languages: readonly Language[],
): number {
  const name = source.language ?? language;
  const field = ('columns' in source ? source.columns?.language : undefined) ?? 'language';
  if (name === undefined) {
    throw new DataFormatError(
      'nothing says which language the document is in',
      { ...place, field },
      {
        advice: 'Name the language of the file, or the column that holds it.',
      },
    );
  }
  const index = findLanguage(languages, name);
  if (index >= 0) return index;
  const known = languages.map(({ code }) => code).join(', ');
  throw new DataFormatError(`the language "${name}" is none of ${known}`, { ...place, field });
}

function checkGroup(documents: readonly RawDocument[], { code }: Language): void {
  if (documents.length === 0) throw new EmptyCorpusError(`there are no documents in ${code}`, { language: code });
  checkAllOrNone(documents, 'label');
  checkAllOrNone(documents, 'split');
  checkAllOrNone(documents, 'id');
  const placeOf = new Map<string, RawDocument['place']>();
  for (const { id, place } of documents) {
    if (id === undefined) return;
    const earlier = placeOf.get(id);
    if (earlier !== undefined) {
      const where = earlier.line === undefined ? earlier.file : `${earlier.file}:${earlier.line}`;
      throw new DataFormatError(`the id "${id}" is already that of ${where}`, { ...place, field: 'id' });
    }
    placeOf.set(id, place);
  }
}

function checkAllOrNone(documents: readonly RawDocument[], field: 'label' | 'split' | 'id'): void {
  const without = documents.find((document) => document[field] === undefined);
  if (without === undefined || documents.every((document) => document[field] === undefined)) return;
  throw new DataFormatError(`the document has no ${field}, others of its language do`, { ...without.place, field });
}

export interface SplitDocuments {
  readonly train: readonly RawDocument[];
  readonly test: readonly RawDocument[];
}

/**
 * Divides documents into training and test: by their own split where they have one, else `testFraction` of them
 * (rounded) drawn by the generator. Both keep the order they came in.
 */
export function splitDocuments(
  documents: readonly RawDocument[],
  testFraction: number,
  generator: RandomGenerator,
): SplitDocuments {
  if (documents[0]?.split !== undefined) {
    return {
      train: documents.filter(({ split }) => split === 'train'),
      test: documents.filter(({ split }) => split === 'test'),
    };
  }
  const order = Int32Array.from(documents, (_, index) => index);
  generator.shuffle(order);
  const test = new Set(order.subarray(0, Math.round(documents.length * testFraction)));
  return {
    train: documents.filter((_, index) => !test.has(index)),
    test: documents.filter((_, index) => test.has(index)),
  };
}
