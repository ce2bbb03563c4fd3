import { createHash } from 'node:crypto';
import type { Corpus, DocumentSet } from '@xtm/contracts';

/** SHA-256 of all that training depends on in a corpus: words, bags of words, labels and dictionary. */
export function corpusFingerprint(corpus: Corpus): string {
  const hash = createHash('sha256');
  for (const { language, vocabulary, train, test } of corpus.languages) {
    hash.update(`${language.code}\n${vocabulary.join('\n')}\n`);
    for (const documents of [train, test]) if (documents !== undefined) addDocuments(hash, documents);
  }
  if (corpus.dictionary !== undefined) {
    hash.update(bytesOf(corpus.dictionary.first)).update(bytesOf(corpus.dictionary.second));
  }
  return hash.digest('hex');
}

function addDocuments(hash: ReturnType<typeof createHash>, { rows, labels }: DocumentSet): void {
  hash.update(`${rows.rows} ${rows.columns}\n`);
  for (const array of [rows.indptr, rows.indices, rows.values]) hash.update(bytesOf(array));
  if (labels !== undefined) hash.update(labels.join('\n'));
}

function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
