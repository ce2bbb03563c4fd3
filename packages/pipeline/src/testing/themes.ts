import type { Embedder } from '@xtm/contracts';
import { type Dataset, prepareCorpus, type TextDocument } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';

export const THEMES = [['music', 'guitar', 'concert', 'singer'], ['garden', 'flower', 'tree', 'soil'], ['train', 'station', 'ticket', 'platform']];
export const TRANSLATED = new Map(THEMES.flat().map((word) => [word, `${word}de`]));

/** Documents of a theme each, in memory: 60 per language, their themes as labels. */
async function* documents(language: 'en' | 'de'): AsyncIterable<TextDocument> {
  const generator = new SeededGenerator(language === 'en' ? 1 : 2);
  for (let i = 0; i < 60; i++) {
    const words = Array.from({ length: 12 }, () => THEMES[i % 3]![generator.integer(4)]!);
    yield { id: `${language}${i}`, label: `theme ${i % 3}`, text: words.map((word) => (language === 'en' ? word : TRANSLATED.get(word)!)).join(' ') };
  }
}

/** Texts in English and German about three themes, prepared in memory, with a dictionary of their twelve words. */
export async function themeDataset(): Promise<Dataset> {
  const prepared = await prepareCorpus({
    name: 'themes',
    languages: [{ code: 'en' }, { code: 'de' }],
    documents: [{ language: 'en', texts: documents('en') }, { language: 'de', texts: documents('de') }],
    minDocumentFrequency: 1,
    stopWords: 'none',
    maxDocumentFrequency: 1,
  });
  const [english, german] = prepared.corpus.languages.map(({ vocabulary }) => vocabulary);
  const first = Int32Array.from(english!.keys());
  const second = first.map((word) => german!.indexOf(TRANSLATED.get(english![word]!)!));
  return { ...prepared, corpus: { ...prepared.corpus, dictionary: { languages: [0, 1], first, second } } };
}

/** Each word a direction of its own, translations the same one; documents the sums of their words. */
export function wordEmbedder(): Embedder {
  return { name: 'words', dimensions: 12, fingerprint: 'words', ...wordVectors() };
}

function wordVectors(): Pick<Embedder, 'embedDocuments' | 'embedWords' | 'embedTexts'> {
  const directions = new Map(THEMES.flat().flatMap((word, at) => [[word, at], [TRANSLATED.get(word)!, at]] as const));
  const embedTexts = async (texts: readonly string[]) => {
    const data = new Float32Array(texts.length * 12);
    texts.forEach((text, row) => text.split(' ').forEach((word) => (data[row * 12 + directions.get(word)!]! += 1)));
    return { rows: texts.length, columns: 12, data };
  };
  const embedDocuments: Embedder['embedDocuments'] = async ({ rows, vocabulary }) => {
    const data = new Float32Array(rows!.rows * 12);
    for (let row = 0; row < rows!.rows; row++) {
      for (let i = rows!.indptr[row]!; i < rows!.indptr[row + 1]!; i++) data[row * 12 + directions.get(vocabulary![rows!.indices[i]!]!)!]! += rows!.values[i]!;
    }
    return { rows: rows!.rows, columns: 12, data };
  };
  return { embedDocuments, embedWords: embedTexts, embedTexts };
}
