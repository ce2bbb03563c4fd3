import { type Corpus, type CorpusLanguage, DataFormatError, type DenseMatrix, type DocumentSet, type DocumentsToEmbed, type Embedder, InvalidOptionError } from '@xtm/contracts';
import { normaliseRows } from '@xtm/numeric';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readMatrix } from './read-matrix';

type Split = 'train' | 'test';

/** A language's files, read when they are first needed. */
interface PrecomputedLanguage {
  readonly corpus: CorpusLanguage;
  readonly columns: ReadonlyMap<string, number>;
  readonly matrices: Map<string, Promise<DenseMatrix>>;
}

/**
 * Embeddings that came in files, named as public code of the field names them: `doc_embeddings_L_train.npy`,
 * `doc_embeddings_L_test.npy` and `word_embeddings_L.npy` for each language suffix L, each possibly in parts
 * (`….part0.npy`, …). It knows the documents and words of the corpus that it was fitted to, and no others; texts are
 * embedded as the mean of their known words.
 */
export class PrecomputedEmbedder implements Embedder {
  readonly name = 'precomputed';
  private languages: readonly PrecomputedLanguage[] = [];
  private length = 0;

  constructor(private readonly folder: string) {}

  /** 0 until the first file is read. */
  get dimensions(): number {
    return this.length;
  }

  get fingerprint(): string {
    return createHash('sha256').update(`precomputed ${this.folder}`).digest('hex');
  }

  async fit(corpus: Corpus): Promise<void> {
    this.languages = corpus.languages.map((language) => ({
      corpus: language,
      columns: new Map(language.vocabulary.map((word, column) => [word, column])),
      matrices: new Map(),
    }));
    await this.wordsOf(0).catch(() => this.documentsOf(0, 'train'));
  }

  embedDocuments(documents: DocumentsToEmbed): Promise<DenseMatrix> {
    return this.documentsOf(documents.languageIndex, this.splitOf(documents));
  }

  async embedWords(words: readonly string[], languageIndex: number): Promise<DenseMatrix> {
    const { columns: positions } = this.languageAt(languageIndex);
    const vectors = await this.wordsOf(languageIndex);
    const out = { rows: words.length, columns: vectors.columns, data: new Float32Array(words.length * vectors.columns) };
    words.forEach((word, row) => addRow(vectors, positions.get(word), out, row));
    return out;
  }

  async embedTexts(texts: readonly string[]): Promise<DenseMatrix> {
    const vectors = await Promise.all(this.languages.map((_, index) => this.wordsOf(index).then(normaliseRows)));
    const columns = vectors[0]?.columns ?? 0;
    const out = { rows: texts.length, columns, data: new Float32Array(texts.length * columns) };
    texts.forEach((text, row) => {
      for (const word of text.split(/\s+/)) {
        this.languages.forEach((language, index) => addRow(vectors[index]!, language.columns.get(word), out, row));
      }
    });
    return normaliseRows(out);
  }

  private languageAt(index: number): PrecomputedLanguage {
    const language = this.languages[index];
    if (language !== undefined) return language;
    throw new InvalidOptionError('languageIndex', index, this.languages.length === 0 ? 'is unknown before fitting to a corpus' : 'is not a language of the corpus');
  }

  private documentsOf(languageIndex: number, split: Split): Promise<DenseMatrix> {
    const { corpus: { language, [split]: documents } } = this.languageAt(languageIndex);
    return this.read(languageIndex, `doc_embeddings_${language.suffix}_${split}.npy`, documents?.rows.rows ?? 0);
  }

  private wordsOf(languageIndex: number): Promise<DenseMatrix> {
    const { corpus: { language, vocabulary } } = this.languageAt(languageIndex);
    return this.read(languageIndex, `word_embeddings_${language.suffix}.npy`, vocabulary.length);
  }

  private read(languageIndex: number, name: string, rows: number): Promise<DenseMatrix> {
    const { matrices } = this.languageAt(languageIndex);
    const reading = matrices.get(name) ?? this.readChecked(join(this.folder, name), rows);
    matrices.set(name, reading);
    return reading;
  }

  private async readChecked(file: string, rows: number): Promise<DenseMatrix> {
    const matrix = await readMatrix(file, 'precomputed embeddings');
    if (matrix.rows !== rows) throw new DataFormatError(`has ${matrix.rows} rows, the corpus ${rows}`, { file, field: 'shape' });
    if (this.length !== 0 && matrix.columns !== this.length) throw new DataFormatError(`has ${matrix.columns} columns, other files ${this.length}`, { file, field: 'shape' });
    this.length = matrix.columns;
    return matrix;
  }

  /** The split whose documents these are; where only copies are given, the one of that many documents. */
  private splitOf(documents: DocumentsToEmbed): Split {
    const { train, test } = this.languageAt(documents.languageIndex).corpus;
    if (isSame(documents, train)) return 'train';
    if (isSame(documents, test)) return 'test';
    const count = documents.rows?.rows ?? documents.texts?.length;
    const sizes = [train.rows.rows, test?.rows.rows];
    if (count === sizes[0] && count !== sizes[1]) return 'train';
    if (count === sizes[1] && count !== sizes[0]) return 'test';
    throw new InvalidOptionError('documents', count, 'are neither the training nor the test documents of the corpus, for which alone there are embeddings', {
      advice: 'Choose another embedder for new documents.',
    });
  }
}

function isSame({ rows, texts }: DocumentsToEmbed, documents: DocumentSet | undefined): boolean {
  return documents !== undefined && (rows === documents.rows || (texts !== undefined && texts === documents.texts));
}

function addRow(from: DenseMatrix, row: number | undefined, to: DenseMatrix, target: number): void {
  if (row === undefined) return;
  for (let c = 0; c < to.columns; c++) to.data[target * to.columns + c]! += from.data[row * from.columns + c]!;
}
