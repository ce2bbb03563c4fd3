import { join } from 'node:path';
import type { Dataset } from './dataset/dataset';
import { readDocuments } from './documents/read-documents';
import { prepareCorpus } from './prepare/prepare-corpus';
import { readPrepareOptions } from './prepare/prepare-options';

const DEMO = join(__dirname, '../../../datasets/demo');

function englishWords(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(/[\p{L}\p{N}']+/gu) ?? [];
}

function chineseCharacters(text: string): string[] {
  return text.match(/[\p{L}\p{N}]/gu) ?? [];
}

/** Sequences of `length` units that occur in more than `mostDocuments` documents. */
function repeatedSequences(documents: readonly (readonly string[])[], length: number, mostDocuments: number): string[] {
  const documentsOf = new Map<string, number>();
  for (const units of documents) {
    const sequences = new Set(units.slice(length - 1).map((_, start) => units.slice(start, start + length).join(' ')));
    for (const sequence of sequences) documentsOf.set(sequence, (documentsOf.get(sequence) ?? 0) + 1);
  }
  return [...documentsOf].filter(([, count]) => count > mostDocuments).map(([sequence]) => sequence);
}

describe('the demo corpus', () => {
  let demo: Dataset;
  beforeAll(async () => {
    demo = await prepareCorpus(await readPrepareOptions(join(DEMO, 'corpus.json')));
  });

  it('has 12 themes with 40 training and 10 test documents each, in both languages', () => {
    for (const { train, test } of demo.corpus.languages) {
      const themes = [...new Set(train.labels)];
      expect(themes).toHaveLength(12);
      for (const theme of themes) {
        expect([train, test!].map(({ labels }) => labels!.filter((label) => label === theme).length)).toEqual([40, 10]);
      }
      expect(new Set([...train.ids!, ...test!.ids!]).size).toBe(600);
    }
    expect(new Set(demo.corpus.languages[0]!.train.labels)).toEqual(new Set(demo.corpus.languages[1]!.train.labels));
  });

  it('has a dictionary of which every line is a pair of its words, at least 400', () => {
    const { pairs, lines } = demo.dictionary!;
    expect(pairs).toBe(lines);
    expect(pairs).toBeGreaterThanOrEqual(400);
  });

  it('covers the words that each theme is about by its dictionary', () => {
    for (const [index, { train }] of demo.corpus.languages.entries()) {
      const paired = new Set(index === 0 ? demo.corpus.dictionary!.first : demo.corpus.dictionary!.second);
      for (const theme of new Set(train.labels)) {
        let tokens = 0;
        let covered = 0;
        train.labels!.forEach((label, row) => {
          if (label !== theme) return;
          for (const word of train.rows.indices.subarray(train.rows.indptr[row], train.rows.indptr[row + 1])) {
            tokens += 1;
            covered += Number(paired.has(word));
          }
        });
        expect({ theme, covered: covered / tokens > 0.5 }).toEqual({ theme, covered: true });
      }
    }
  });

  it('has no empty document', () => {
    expect(demo.warnings).toEqual([]);
  });

  it.each([['documents_en.jsonl', 5, englishWords], ['documents_zh.jsonl', 8, chineseCharacters]])('has no sequence in %s that more than three documents share', async (name, length, unitsOf) => {
    const documents = await readDocuments({ path: join(DEMO, name) });
    expect(repeatedSequences(documents.map(({ text }) => unitsOf(text)), length, 3)).toEqual([]);
  });
});
