import { z } from 'zod';
import type {
  Corpus,
  CorpusLanguage,
  DenseMatrix,
  Language,
  ModelNeed,
  ModelResources,
  RandomGenerator,
  SparseRows,
  WordPairs,
} from '@xtm/contracts';
import { loadDataset, parseLanguages, selectRows, sparseRowsFromMaps } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';

const count = z.int().min(1);

/** What a workload may be made of; every size has a default, so that a key names only what differs. */
export const workloadSchema = z.strictObject({
  /** Training documents per language. */
  documents: count.default(20_000),
  /** Words per language. */
  vocabulary: count.default(5_000),
  /** Mean number of different words per document. */
  wordsPerDocument: count.default(30),
  /** Translation pairs between the two vocabularies. */
  dictionaryPairs: count.default(11_291),
  /** Width of document embeddings and of the word embeddings of the MMD. */
  dimensions: count.default(1_024),
  topics: z.int().min(2).default(50),
  /** Document pairs per step. */
  batchSize: count.default(128),
  /** Numbers that the optimiser is timed on. */
  optimiserParameters: count.default(12_000_000),
  seed: z.int().min(0).default(0),
  /**
   * Real documents in place of generated ones: a benchmark folder, its dictionary and, where it does not tell them,
   * its languages.
   */
  dataset: z.strictObject({ folder: z.string(), dictionary: z.string(), languages: z.string().optional() }).optional(),
});

/** The work that stages are measured on; by default as large as Amazon Review with the papers' settings. */
export type Workload = Readonly<z.output<typeof workloadSchema>>;

const LANGUAGES: readonly Language[] = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];

/** Width of word vectors that do not come with the data. */
const WORD_VECTOR_DIMENSIONS = 100;

/** Word embeddings are used before the first step only; a small width finds GloCTM's neighbours soon. */
const WORD_EMBEDDING_DIMENSIONS = 64;

/**
 * The workload's documents with what is needed beside them: its own word vectors and clusters where it is a dataset
 * that has them, seeded random ones otherwise.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, InvalidOptionError for a dataset that cannot be read.
 */
export async function loadResources(
  workload: Workload,
  needs: readonly ModelNeed[] = [],
): Promise<ModelResources> {
  const generator = new SeededGenerator(workload.seed).fork('workload');
  const corpus =
    workload.dataset === undefined ? syntheticCorpus(workload, generator) : await realCorpus(workload.dataset);
  const supply = { corpus, workload, generator };
  return {
    corpus,
    ...(corpus.dictionary && { dictionary: corpus.dictionary }),
    ...(needs.includes('wordVectors') && {
      wordVectors: corpus.languages.map((language, l) => wordVectors(language, l, supply)),
    }),
    ...(needs.includes('wordEmbeddings') && {
      wordEmbeddings: corpus.languages.map((language, l) => wordEmbeddings(language, l, supply)),
    }),
    ...(needs.includes('documentEmbeddings') && {
      documentEmbeddings: corpus.languages.map((language, l) => documentEmbeddings(language, l, supply)),
    }),
    ...(needs.includes('clusters') && {
      clusters: corpus.languages.map((language, l) => clusters(language, l, supply)),
    }),
  };
}

function syntheticCorpus(
  { documents, vocabulary, wordsPerDocument, dictionaryPairs }: Workload,
  generator: RandomGenerator,
): Corpus {
  const languages = LANGUAGES.map((language): CorpusLanguage => ({
    language,
    vocabulary: Array.from({ length: vocabulary }, (_, word) => `${language.suffix}${word}`),
    train: {
      rows: syntheticDocuments({
        documents,
        vocabulary,
        wordsPerDocument,
        generator: generator.fork(`documents ${language.suffix}`),
      }),
    },
  }));
  return {
    name: 'synthetic',
    languages,
    dictionary: syntheticDictionary(vocabulary, dictionaryPairs, generator.fork('dictionary')),
  };
}

async function realCorpus({ folder, dictionary, languages }: NonNullable<Workload['dataset']>): Promise<Corpus> {
  const { corpus } = await loadDataset(folder, {
    dictionary,
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
  });
  return corpus;
}

interface Supply {
  readonly corpus: Corpus;
  readonly workload: Workload;
  readonly generator: RandomGenerator;
}

function wordVectors({ vocabulary, wordVectors: own }: CorpusLanguage, l: number, { generator }: Supply) {
  return (
    own ??
    groupedVectors(
      vocabulary.length,
      WORD_VECTOR_DIMENSIONS,
      AMAZON_REVIEW_GROUPS[l === 0 ? 0 : 1],
      generator.fork(`word vectors ${l}`),
    )
  );
}

function wordEmbeddings({ vocabulary }: CorpusLanguage, l: number, { generator }: Supply) {
  return randomVectors(vocabulary.length, WORD_EMBEDDING_DIMENSIONS, generator.fork(`word embeddings ${l}`));
}

function documentEmbeddings({ train }: CorpusLanguage, l: number, { workload, generator }: Supply) {
  return randomVectors(train.rows.rows, workload.dimensions, generator.fork(`document embeddings ${l}`));
}

function clusters({ train, clusters: own }: CorpusLanguage, l: number, { workload, generator }: Supply): Int32Array {
  const source = generator.fork(`clusters ${l}`);
  return own?.every((cluster) => cluster < workload.topics)
    ? own
    : Int32Array.from({ length: train.rows.rows }, () => source.integer(workload.topics));
}

/** The first documents of the workload's first language, as many as a batch has [batch, vocabulary]. */
export async function firstBatchRows(workload: Workload): Promise<SparseRows> {
  const { corpus } = await loadResources(workload);
  const { rows } = corpus.languages[0]!.train;
  return selectRows(
    rows,
    Int32Array.from({ length: Math.min(workload.batchSize, rows.rows) }, (_, document) => document),
  );
}

interface SyntheticDocumentsOptions {
  readonly documents: number;
  readonly vocabulary: number;
  /** Mean number of different words per document. */
  readonly wordsPerDocument: number;
  readonly generator: RandomGenerator;
}

/** Flattens Zipf's law at the top, where Amazon Review's vocabularies lack their stop words. */
const RANK_SHIFT = 30;

/** Share of a document's words that occur once more, and again with the same share. */
const REPETITION = 0.2;

/**
 * Bags of words [documents, vocabulary] with Amazon Review's statistics: word frequencies fall by Zipf's law, lengths
 * spread as the sum of two exponentials does, and frequent words have no special place in the vocabulary.
 */
function syntheticDocuments({
  documents,
  vocabulary,
  wordsPerDocument,
  generator,
}: SyntheticDocumentsOptions): SparseRows {
  const draw = wordDraw(vocabulary, generator);
  const bags = Array.from({ length: documents }, () => {
    const size = documentSize(wordsPerDocument, vocabulary, generator);
    const bag = new Map<number, number>();
    while (bag.size < size) bag.set(draw(), wordCount(generator));
    return bag;
  });
  return sparseRowsFromMaps(bags, vocabulary);
}

/** At most half of the vocabulary, so that drawing words until enough differ ends soon. */
function documentSize(mean: number, vocabulary: number, generator: RandomGenerator): number {
  const exponential = (): number => -Math.log(1 - generator.uniform()) * (mean / 2);
  return Math.max(1, Math.min(Math.round(exponential() + exponential()), Math.floor(vocabulary / 2)));
}

function wordCount(generator: RandomGenerator): number {
  let count = 1;
  while (generator.uniform() < REPETITION) count++;
  return count;
}

function wordDraw(vocabulary: number, generator: RandomGenerator): () => number {
  const words = Int32Array.from({ length: vocabulary }, (_, word) => word);
  generator.shuffle(words);
  const cumulative = new Float64Array(vocabulary);
  let total = 0;
  for (let rank = 0; rank < vocabulary; rank++) cumulative[rank] = total += 1 / (rank + RANK_SHIFT);
  return () => words[firstAbove(cumulative, generator.uniform() * total)]!;
}

/** Position of the first entry of an ascending array that is above the value. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Shares of each language's words that Amazon Review's dictionary translates. */
const TRANSLATED = [0.32, 0.79] as const;

/**
 * Random translation pairs, spread over as large a share of both vocabularies as Amazon Review's; all possible ones if
 * there are fewer.
 */
function syntheticDictionary(vocabulary: number, pairs: number, generator: RandomGenerator): WordPairs {
  const [firstWords, secondWords] = TRANSLATED.map((share) => someWords(vocabulary, share, generator)) as [
    Int32Array,
    Int32Array,
  ];
  const size = Math.min(pairs, firstWords.length * secondWords.length);
  const keys = new Set<number>();
  while (keys.size < size) {
    keys.add(
      firstWords[generator.integer(firstWords.length)]! * vocabulary +
        secondWords[generator.integer(secondWords.length)]!,
    );
  }
  const ordered = Float64Array.from(keys).sort();
  return {
    languages: [0, 1],
    first: Int32Array.from(ordered, (key) => Math.floor(key / vocabulary)),
    second: Int32Array.from(ordered, (key) => key % vocabulary),
  };
}

function someWords(vocabulary: number, share: number, generator: RandomGenerator): Int32Array {
  const words = Int32Array.from({ length: vocabulary }, (_, word) => word);
  generator.shuffle(words);
  return words.subarray(0, Math.ceil(share * vocabulary));
}

/** How the words of a language resemble each other. */
interface WordGroups {
  /** Share of the words that resemble no other word. */
  readonly alone: number;
  /** Words that resemble each other, among the rest. */
  readonly size: number;
}

/**
 * Groups in which InfoCTM's positives come out as many as Amazon Review's word vectors give: 43,161 in 2,626 rows of
 * the first language, 45,238 in 4,664 rows of the second.
 */
const AMAZON_REVIEW_GROUPS: readonly [WordGroups, WordGroups] = [{ alone: 0.69, size: 10 }, { alone: 0.32, size: 5 }];

/** Length of what sets the words of a group apart, beside a common part of length 1: cosines of about 0.7. */
const SPREAD = 0.65;

/** Word vectors [vocabulary, dimensions] in groups of words with similar directions; other cosines are near 0. */
function groupedVectors(
  vocabulary: number,
  dimensions: number,
  { alone, size }: WordGroups,
  generator: RandomGenerator,
): DenseMatrix {
  const { data } = randomVectors(vocabulary, dimensions, generator);
  const grouped = Math.floor((1 - alone) * vocabulary);
  const common = randomVectors(Math.ceil(grouped / size), dimensions, generator).data;
  for (let word = 0; word < grouped; word++) {
    const group = Math.floor(word / size);
    for (let c = 0; c < dimensions; c++)
      data[word * dimensions + c] = common[group * dimensions + c]! + SPREAD * data[word * dimensions + c]!;
  }
  return { rows: vocabulary, columns: dimensions, data };
}

/** Independent random directions [rows, columns], of expected length 1. */
export function randomVectors(rows: number, columns: number, generator: RandomGenerator): DenseMatrix {
  const data = new Float32Array(rows * columns);
  generator.fillUniform(data);
  const scale = Math.sqrt(12 / columns);
  for (let i = 0; i < data.length; i++) data[i] = (data[i]! - 0.5) * scale;
  return { rows, columns, data };
}
