import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  AbortedError,
  type Corpus,
  type CorpusLanguage,
  type DenseMatrix,
  type DocumentsToEmbed,
  type Embedder,
  EmptyCorpusError,
  InvalidOptionError,
  MissingNeedError,
  parseOptions,
  type RandomGenerator,
  type RunOptions,
  type SparseRows,
  type WordPairs,
} from '@xtm/contracts';
import { documentFrequencies } from '@xtm/data';
import { documentCooccurrence, normaliseRows, positivePmi, SeededGenerator, truncatedSvd } from '@xtm/numeric';
import { alignWordVectors, sharedSpellings, type TranslationPairs } from './align-word-vectors';
import { type AlignedOptions, alignedSchema, type ResolvedAlignedOptions } from './aligned-options';
import { countWords, documentVectors, type SpaceLanguage, spaceLanguage } from './space-language';

/** Fewer pairs than this cannot fix a rotation. */
const FEWEST_PAIRS = 5;
/** Directions whose correlation is a smaller share of the largest one's are rounding errors. */
const WEAKEST_AGREEMENT = 1e-6;
const NAME = 'aligned';

/**
 * An embedder without model weights: word vectors learnt from the training documents (or brought by the dataset),
 * aligned through the dictionary or, without one, through words that both languages spell alike; documents as
 * frequency-weighted means of their words. `fit` must come first. Words and documents without known words get zeros.
 */
export class AlignedEmbedder implements Embedder {
  readonly name = NAME;
  private readonly options: ResolvedAlignedOptions;
  private languages: readonly SpaceLanguage[] | undefined;
  private hash: string;

  constructor(options: AlignedOptions = {}) {
    this.options = parseOptions(alignedSchema, options);
    this.hash = fingerprintOf(this.options, []);
  }

  get dimensions(): number {
    return this.languages?.[0]?.wordVectors.columns ?? this.options.dimensions;
  }

  get fingerprint(): string {
    return this.hash;
  }

  async fit(corpus: Corpus, dictionary: WordPairs | undefined, options: RunOptions = {}): Promise<void> {
    const [first, second, ...others] = corpus.languages;
    if (first === undefined || second === undefined || others.length > 0) {
      throw new InvalidOptionError(
        'embedder',
        NAME,
        `aligns two languages, the corpus has ${corpus.languages.length}`,
      );
    }
    const steps = new Steps(this.options.rounds + 3, options);
    const generator = new SeededGenerator(this.options.seed);
    const pairs = translationsOf(first, second, dictionary);
    const frequencies = {
      first: documentFrequencies(first.train.rows),
      second: documentFrequencies(second.train.rows),
    };
    const vectors: DenseMatrix[] = [];
    for (const language of [first, second]) {
      await steps.next();
      vectors.push(this.monolingualVectors(language, generator));
    }
    await steps.next();
    const aligned = await alignWordVectors(
      { first: vectors[0]!, second: vectors[1]! },
      pairs,
      frequencies,
      this.options,
      generator,
      () => steps.next(),
    );
    if (![aligned.first, aligned.second].every(({ data }) => data.every(Number.isFinite)))
      throw tooFewDocuments(corpus);
    const scales = documentScales(aligned.correlations, this.options);
    this.languages = [aligned.first, aligned.second].map((wordVectors, index) => {
      const { vocabulary, train } = corpus.languages[index]!;
      return spaceLanguage(vocabulary, wordVectors, scales, train.rows, this.options.frequencySmoothing);
    });
    this.hash = fingerprintOf(this.options, this.languages);
    steps.report();
  }

  anchors({ languages: [first, second] }: Corpus, dictionary: WordPairs | undefined): WordPairs {
    return { languages: [0, 1], ...anchorPairs(first!, second!, dictionary) };
  }

  async embedDocuments({ languageIndex, rows, texts }: DocumentsToEmbed): Promise<DenseMatrix> {
    const language = this.languageAt(languageIndex);
    return documentVectors(language, rows ?? countWords(language, texts ?? []));
  }

  async embedWords(words: readonly string[], languageIndex: number): Promise<DenseMatrix> {
    const { columns, wordVectors } = this.languageAt(languageIndex);
    const width = wordVectors.columns;
    const data = new Float32Array(words.length * width);
    words.forEach((word, row) => {
      const column = columns.get(word);
      if (column !== undefined) data.set(wordVectors.data.subarray(column * width, (column + 1) * width), row * width);
    });
    return { rows: words.length, columns: width, data };
  }

  /** Each language's share of a text counts by its number of known words. */
  async embedTexts(texts: readonly string[]): Promise<DenseMatrix> {
    const data = new Float32Array(texts.length * this.dimensions);
    for (const language of this.fitted()) {
      const bags = countWords(language, texts);
      const vectors = documentVectors(language, bags);
      for (let i = 0; i < data.length; i++) {
        const row = Math.floor(i / this.dimensions);
        data[i]! += (bags.indptr[row + 1]! - bags.indptr[row]!) * vectors.data[i]!;
      }
    }
    return normaliseRows({ rows: texts.length, columns: this.dimensions, data });
  }

  private monolingualVectors(
    { language, train, wordVectors }: CorpusLanguage,
    generator: SeededGenerator,
  ): DenseMatrix {
    if (train.rows.indices.length === 0)
      throw new EmptyCorpusError(`no training document in ${language.code} holds a word of the vocabulary`, {
        language: language.code,
      });
    if (this.options.wordVectors === 'corpus') return learnWordVectors(train.rows, this.options, generator);
    if (wordVectors === undefined)
      throw new MissingNeedError(
        NAME,
        'wordVectors',
        'Put word2vec_LANG.npz files into the dataset folder, or set wordVectors to corpus.',
      );
    return wordVectors;
  }

  private languageAt(index: number): SpaceLanguage {
    const language = this.fitted()[index];
    if (language === undefined)
      throw new InvalidOptionError('languageIndex', index, 'is not a language of the corpus');
    return language;
  }

  private fitted(): readonly SpaceLanguage[] {
    if (this.languages === undefined)
      throw new InvalidOptionError('embedder', NAME, 'knows no words before it is fitted to a corpus');
    return this.languages;
  }
}

/** Counts steps, lets other work run between them, and stops when the caller does. */
class Steps {
  private done = 0;

  constructor(private readonly total: number, private readonly options: RunOptions) {}

  report(): void {
    this.options.onProgress?.({ stage: 'aligning word vectors', done: this.done, total: this.total });
  }

  async next(): Promise<void> {
    this.report();
    this.done += 1;
    await nextTurn();
    if (this.options.signal?.aborted)
      throw new AbortedError('aligning word vectors', { cause: this.options.signal.reason });
  }
}

/**
 * What brings word vectors from their own scaling to that of documents; directions without any agreement are left out.
 */
function documentScales(
  correlations: Float64Array,
  { reweighting, documentReweighting }: ResolvedAlignedOptions,
): Float64Array {
  return correlations.map((correlation) =>
    correlation > WEAKEST_AGREEMENT ? correlation ** (documentReweighting - reweighting) : 0,
  );
}

function translationsOf(
  first: CorpusLanguage,
  second: CorpusLanguage,
  dictionary: WordPairs | undefined,
): TranslationPairs {
  const pairs = anchorPairs(first, second, dictionary);
  if (pairs.first.length >= FEWEST_PAIRS) return pairs;
  const found =
    dictionary === undefined
      ? `the vocabularies share ${pairs.first.length} spellings`
      : `the dictionary has ${pairs.first.length} usable pairs`;
  throw new MissingNeedError(
    NAME,
    'dictionary',
    `Give a dictionary with at least ${FEWEST_PAIRS} pairs of vocabulary words (${found}), or choose another ` +
      'embedder.',
  );
}

function anchorPairs(
  first: CorpusLanguage,
  second: CorpusLanguage,
  dictionary: WordPairs | undefined,
): TranslationPairs {
  return dictionary === undefined ? sharedSpellings(first.vocabulary, second.vocabulary) : inOrder(dictionary);
}

/** Words that never tell documents apart have no directions of their own to align. */
function tooFewDocuments({ languages }: Corpus): EmptyCorpusError {
  const { language, train } = languages.reduce((fewest, other) =>
    other.train.rows.rows < fewest.train.rows.rows ? other : fewest,
  );
  return new EmptyCorpusError(
    `no word vectors can be learnt from the ${train.rows.rows} training documents in ${language.code}`,
    {
      language: language.code,
      advice: 'Add documents, or choose another embedder: bge-m3, openai or precomputed.',
    },
  );
}

function inOrder({ languages, first, second }: WordPairs): TranslationPairs {
  return languages[0] < languages[1] ? { first, second } : { first: second, second: first };
}

/**
 * Monolingual word vectors [vocabulary, dimensions] from bags of words: left singular vectors of the PPMI of words in
 * document windows, times a power of the singular values (Levy, Goldberg & Dagan 2015).
 */
function learnWordVectors(
  documents: SparseRows,
  options: Pick<ResolvedAlignedOptions, 'dimensions' | 'contextSmoothing' | 'shift' | 'singularValuePower'>,
  generator: RandomGenerator,
): DenseMatrix {
  const information = positivePmi(documentCooccurrence(documents), {
    contextSmoothing: options.contextSmoothing,
    shift: options.shift,
  });
  const rank = Math.min(options.dimensions, documents.columns);
  const { left, values } = truncatedSvd(information, { rank, generator });
  const scales = values.map((value) => value ** options.singularValuePower);
  return {
    rows: left.rows,
    columns: rank,
    data: Float32Array.from(left.data, (value, i) => value * scales[i % rank]!),
  };
}

/** Changes with the options and with everything that was learnt. */
function fingerprintOf(options: ResolvedAlignedOptions, languages: readonly SpaceLanguage[]): string {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const { columns, wordVectors, contributions, documentMean } of languages) {
    hash.update(JSON.stringify([...columns.keys()]));
    for (const { buffer, byteOffset, byteLength } of [wordVectors.data, contributions.data, documentMean])
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
