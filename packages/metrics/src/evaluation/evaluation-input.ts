import type { ChatModel, DenseMatrix, Embedder, Language, RandomGenerator, SparseRows, Topic, TopicModel, WordPairs } from '@xtm/contracts';
import type { ReferenceCounts } from '../coherence/reference/reference-counts';
import type { ReferenceFilePair } from '../coherence/reference/reference-files';
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
export async function completeDocuments(model: TopicModel, rows: SparseRows, languageIndex: number, generator: RandomGenerator): Promise<DocumentCompletion> {
  const { observed, heldOut } = halveDocuments(rows, generator);
  const { proportions } = await model.transform(observed, languageIndex);
  return { heldOut, proportions };
}

