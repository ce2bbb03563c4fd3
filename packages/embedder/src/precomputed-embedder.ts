import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type Corpus,
  type CorpusLanguage,
  DataFormatError,
  type DenseMatrix,
  type DocumentSet,
  type DocumentsToEmbed,
  type Embedder,
  InvalidOptionError,
  MissingFileError,
  type RunOptions,
} from '@xtm/contracts';
import { numbersOf, readNpy, writeAtomically, writeNpy } from '@xtm/data';
import { normaliseRows } from '@xtm/numeric';

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
    const out = {
      rows: words.length,
      columns: vectors.columns,
      data: new Float32Array(words.length * vectors.columns),
    };
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
    throw new InvalidOptionError(
      'languageIndex',
      index,
      this.languages.length === 0 ? 'is unknown before fitting to a corpus' : 'is not a language of the corpus',
    );
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
    if (matrix.rows !== rows)
      throw new DataFormatError(`has ${matrix.rows} rows, the corpus ${rows}`, { file, field: 'shape' });
    if (this.length !== 0 && matrix.columns !== this.length)
      throw new DataFormatError(`has ${matrix.columns} columns, other files ${this.length}`, { file, field: 'shape' });
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
    throw new InvalidOptionError(
      'documents',
      count,
      'are neither the training nor the test documents of the corpus, for which alone there are embeddings',
      {
        advice: 'Choose another embedder for new documents.',
      },
    );
  }
}

function isSame({ rows, texts }: DocumentsToEmbed, documents: DocumentSet | undefined): boolean {
  return documents !== undefined && (rows === documents.rows || (texts !== undefined && texts === documents.texts));
}

function addRow(from: DenseMatrix, row: number | undefined, to: DenseMatrix, target: number): void {
  if (row === undefined) return;
  for (let c = 0; c < to.columns; c++) to.data[target * to.columns + c]! += from.data[row * from.columns + c]!;
}

/**
 * A matrix [rows, columns] from a .npy file or, where there is none, from its parts `NAME.part0.npy`,
 * `NAME.part1.npy`, …, joined by rows. Throws `MissingFileError` or `DataFormatError`.
 */
async function readMatrix(file: string, purpose: string): Promise<DenseMatrix> {
  const parts: DenseMatrix[] = [];
  for (const part of await partsOf(file, purpose)) {
    const matrix = await readPart(part, purpose);
    if (matrix.columns !== (parts[0] ?? matrix).columns)
      throw new DataFormatError(`has ${matrix.columns} columns, the part before ${parts[0]!.columns}`, { file: part });
    parts.push(matrix);
  }
  return parts.length === 1 ? parts[0]! : joinRows(parts);
}

async function partsOf(file: string, purpose: string): Promise<string[]> {
  const folder = dirname(file);
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes(basename(file))) return [file];
  const prefix = `${basename(file, '.npy')}.part`;
  const numbers = names.flatMap((name) =>
    name.startsWith(prefix) && /^\d+\.npy$/.test(name.slice(prefix.length))
      ? [Number.parseInt(name.slice(prefix.length), 10)]
      : [],
  );
  if (numbers.length === 0)
    throw new MissingFileError(file, purpose, {
      advice: `Put the file, or its parts ${prefix}0.npy, ${prefix}1.npy, …, into the folder.`,
    });
  const gap = numbers.sort((a, b) => a - b).findIndex((number, index) => number !== index);
  if (gap >= 0) throw new MissingFileError(join(folder, `${prefix}${gap}.npy`), purpose);
  return numbers.map((number) => join(folder, `${prefix}${number}.npy`));
}

async function readPart(file: string, purpose: string): Promise<DenseMatrix> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new MissingFileError(file, purpose, { cause: error });
  });
  const array = readNpy(bytes, file);
  const [rows, columns, ...further] = array.shape;
  if (rows === undefined || columns === undefined || further.length > 0)
    throw new DataFormatError(`has ${array.shape.length} axes, not 2`, { file, field: 'shape' });
  if (columns === 0) throw new DataFormatError('has no columns', { file, field: 'shape' });
  const data = Float32Array.from(numbersOf(array, file));
  if (!data.every(Number.isFinite)) throw new DataFormatError('holds numbers that are not finite', { file });
  return { rows, columns, data };
}

function joinRows(parts: readonly DenseMatrix[]): DenseMatrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { columns } = parts[0]!;
  const data = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { rows, columns, data };
}

/**
 * Writes the embeddings of a corpus as a `PrecomputedEmbedder` reads them: `word_embeddings_LANG.npy`, and
 * `doc_embeddings_LANG_SPLIT.npy` of the documents. Each file is written as soon as it is complete.
 *
 * @param embedder is fitted to the corpus and its dictionary first
 * @param folder made if it is not there
 * @returns the files' paths
 */
export async function writeEmbeddings(
  corpus: Corpus,
  embedder: Embedder,
  folder: string,
  run: RunOptions = {},
): Promise<string[]> {
  const files: string[] = [];
  const write = (name: string, { rows, columns, data }: DenseMatrix): void => {
    files.push(join(folder, name));
    writeAtomically(join(folder, name), writeNpy(data, [rows, columns]));
  };
  await mkdir(folder, { recursive: true });
  await embedder.fit?.(corpus, corpus.dictionary, run);
  for (const [languageIndex, { language, vocabulary, train, test }] of corpus.languages.entries()) {
    const { code, suffix } = language;
    write(`word_embeddings_${suffix}.npy`, await embedder.embedWords(vocabulary, languageIndex, run));
    for (const [split, what, documents] of [['train', 'training', train], ['test', 'test', test]] as const) {
      if (documents === undefined) continue;
      const { rows, texts } = documents;
      const source = { languageIndex, rows, texts, vocabulary, title: `${what} documents (${code})` };
      write(`doc_embeddings_${suffix}_${split}.npy`, await embedder.embedDocuments(source, run));
    }
  }
  return files;
}
