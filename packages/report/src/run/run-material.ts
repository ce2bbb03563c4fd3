import type { Corpus, DenseMatrix, Language, WordRanking } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import type { RoundRecord, RunConfig, RunEvent, ShownTopic } from '@xtm/pipeline';
import type { LanguageDocuments } from './language-documents';

/** All that is known of a finished run. Arrays over languages are in the order of `languages`. */
export interface RunMaterial {
  readonly path: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly languages: readonly Language[];
  readonly vocabularies: readonly (readonly string[])[];
  /** Topics after people's edits. */
  readonly topics: readonly ShownTopic[];
  /** Topics as they were trained. */
  readonly numTrainedTopics: number;
  readonly hidden: readonly number[];
  /** Topic-word probabilities of the shown topics [topics, vocabulary]. */
  readonly topicWord: readonly DenseMatrix[];
  readonly ranking: WordRanking;
  /** What the words of the shown topics are ranked by [topics, vocabulary]. */
  readonly wordScores: readonly DenseMatrix[];
  /** Mean share of the shown topics in the training documents of each language [languages][topics]. */
  readonly weights: readonly Float64Array[];
  /** Share of the training documents of each language whose main topic a shown topic is [languages][topics]. */
  readonly mainTopicOf: readonly Float64Array[];
  readonly documents: readonly LanguageDocuments[];
  readonly events: readonly RunEvent[];
  /** Rounds of refinement as they came. */
  readonly rounds: readonly RoundRecord[];
  readonly evaluation: TopicEvaluation;
  /** The data that the run was trained on, where they are at hand. */
  readonly corpus?: Corpus;
}
