import { z } from 'zod';
import {
  type ChatModel,
  type DenseMatrix,
  type Embedder,
  type Language,
  parseOptions,
  type RandomGenerator,
  type SparseRows,
  type Topic,
  type TopicModel,
  type WordPairs,
} from '@xtm/contracts';
import type { ReferenceCounts } from '../coherence/reference-counts';
import type { ReferenceFilePair } from '../coherence/reference-files';
import { halveDocuments } from '../perplexity';

/** What is known of one split of one language; every part is optional and allows more measures. */
export interface EvaluatedDocuments {
  /** Bags of words [documents, vocabulary]. */
  readonly rows?: SparseRows;
  /** [documents]; documents of two languages that have the same id are translations of each other. */
  readonly ids?: readonly string[];
  /** [documents]. */
  readonly labels?: readonly string[];
  /** Topic proportions [documents, topics]. */
  readonly proportions?: DenseMatrix;
  /** Inferred means [documents, topics], which classifiers prefer to proportions. */
  readonly means?: DenseMatrix;
}

/** Test documents of which a model has seen one half of the words: see {@link completeDocuments}. */
export interface DocumentCompletion {
  /** The unseen half [documents, vocabulary]. */
  readonly heldOut: SparseRows;
  /** Proportions inferred from the seen half [documents, topics]. */
  readonly proportions: DenseMatrix;
}

/** One language of what is evaluated. */
export interface EvaluatedLanguage {
  readonly language: Language;
  /** [vocabulary], needed with any bag of words. */
  readonly vocabulary?: readonly string[];
  /** Topic-word probabilities [topics, vocabulary]; rows sum to 1. */
  readonly topicWord?: DenseMatrix;
  readonly train?: EvaluatedDocuments;
  readonly test?: EvaluatedDocuments;
  readonly completion?: DocumentCompletion;
}

/** A comparable corpus for a pair of languages: files still to be counted, or counts. */
export interface ReferenceCorpus {
  /** Positions of the two languages. */
  readonly languages: readonly [number, number];
  readonly source: { readonly files: readonly ReferenceFilePair[] } | { readonly counts: ReferenceCounts };
}

/** A model's topics and whatever else there is to judge them by. */
export interface EvaluationInput {
  readonly topics: readonly Topic[];
  /** In the order of the topics' word lists. */
  readonly languages: readonly EvaluatedLanguage[];
  /** One line on what the documents are, told to a rating model. */
  readonly description?: string;
  readonly dictionaries?: readonly WordPairs[];
  readonly references?: readonly ReferenceCorpus[];
  /** Places topics of all languages in one space. */
  readonly embedder?: Embedder;
  /** Rates topics; every rating is a call. */
  readonly chatModel?: ChatModel;
}

/** Lets a model infer proportions from one random half of each document's words, to be scored on the other half. */
export async function completeDocuments(
  model: TopicModel,
  rows: SparseRows,
  languageIndex: number,
  generator: RandomGenerator,
): Promise<DocumentCompletion> {
  const { observed, heldOut } = halveDocuments(rows, generator);
  const { proportions } = await model.transform(observed, languageIndex);
  return { heldOut, proportions };
}

const schema = z.strictObject({
  /** Classifiers of the inferred documents. */
  classifiers: z.array(z.enum(['linear', 'rbf', 'nearestNeighbours'])).default(['linear', 'rbf']),
  /** How CNPMI counts words of reference files. */
  counting: z.enum(['documents', 'released']).default('documents'),
  /** How often a rating model is asked each question. */
  ratingRuns: z.int().positive().default(4),
  /** Sampling temperature of a rating model; the endpoint's own by default. */
  ratingTemperature: z.number().nonnegative().optional(),
});

/** Choices of an evaluation, all optional. */
export type EvaluateTopicsOptions = z.input<typeof schema>;

/** Choices of an evaluation with defaults filled in. */
export type EvaluationOptions = z.output<typeof schema>;

/** @throws InvalidOptionError naming the first option that is wrong or unknown. */
export function parseEvaluationOptions(options: EvaluateTopicsOptions): EvaluationOptions {
  return parseOptions(schema, options);
}

/** Codes of the languages that lack something, as a list for people; undefined if none does. */
export function languagesWithout(
  { languages }: EvaluationInput,
  has: (language: EvaluatedLanguage) => boolean,
): string | undefined {
  const lacking = languages.filter((language) => !has(language)).map(({ language }) => language.code);
  return lacking.length === 0 ? undefined : new Intl.ListFormat('en').format(lacking);
}

/** Whether a matrix [documents, …] is there and not empty. */
export function hasDocuments(matrix: { readonly rows: number } | undefined): boolean {
  return matrix !== undefined && matrix.rows > 0;
}

/** Ranking takes time in the square of the mates, so of more than these a random sample is ranked. */
const MOST_MATES = 5000;

/** Proportions of documents and of their mates, row by row. */
export interface Mates {
  /** [mates, topics]. */
  readonly first: DenseMatrix;
  /** [mates, topics]. */
  readonly second: DenseMatrix;
}

/**
 * Documents with the same id in two languages, at most 5,000 of them; undefined where there are fewer than two, which
 * leave nothing to choose from.
 *
 * @param generator draws the sample
 */
export function findMates(
  first: EvaluatedDocuments | undefined,
  second: EvaluatedDocuments | undefined,
  generator: RandomGenerator,
): Mates | undefined {
  if (
    first?.ids === undefined ||
    second?.ids === undefined ||
    first.proportions === undefined ||
    second.proportions === undefined
  )
    return undefined;
  const rowOfId = new Map(second.ids.map((id, row) => [id, row]));
  const pairs = first.ids.flatMap((id, row) => (rowOfId.has(id) ? [[row, rowOfId.get(id)!] as const] : []));
  if (pairs.length < 2) return undefined;
  const chosen = pairs.length > MOST_MATES ? sample(pairs, generator) : pairs;
  return {
    first: pickRows(
      first.proportions,
      chosen.map(([row]) => row),
    ),
    second: pickRows(
      second.proportions,
      chosen.map(([, row]) => row),
    ),
  };
}

function sample<Item>(items: readonly Item[], generator: RandomGenerator): Item[] {
  const positions = Int32Array.from(items.keys());
  generator.shuffle(positions);
  return Array.from(positions.subarray(0, MOST_MATES), (position) => items[position]!);
}

function pickRows({ columns, data }: DenseMatrix, rows: readonly number[]): DenseMatrix {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => picked.set(data.subarray(row * columns, (row + 1) * columns), i * columns));
  return { rows: rows.length, columns, data: picked };
}
