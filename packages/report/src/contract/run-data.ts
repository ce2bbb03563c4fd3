import type { WordRanking } from '@xtm/contracts';
import type { AlignmentData } from './alignment-data';
import type { DocumentsData } from './documents-data';
import type { DocumentMapData } from './document-map-data';
import type { FiguresData } from './figures-data';
import type { LanguageData } from './language-data';
import type { Available } from './available';
import type { OverviewData } from './overview-data';
import type { FacetData } from './prevalence-data';
import type { RatingsData } from './ratings-data';
import type { TopicData } from './topic-data';
import type { TopicMapData } from './topic-map-data';
import type { TrainingData } from './training-data';
import type { WarningData } from './warning-data';
import type { WordTableData } from './word-table-data';

/** All that the page of one run shows. Positions in `topics` stand for topics, positions in `languages` for languages. */
export interface RunReportData {
  readonly kind: 'run';
  readonly languages: readonly LanguageData[];
  /** Signs that the topics say little about the documents. */
  readonly warnings: readonly WarningData[];
  /** How the run ranks topics' words. */
  readonly ranking: WordRanking;
  /** Whether each language was normalised by itself, so that shares cannot be compared between the languages. */
  readonly prevalenceIsLevelled: boolean;
  readonly overview: OverviewData;
  readonly figures: FiguresData;
  /** One table per language. */
  readonly words: readonly WordTableData[];
  readonly topics: readonly TopicData[];
  readonly topicMap: TopicMapData;
  readonly documents: DocumentsData;
  readonly facets: readonly FacetData[];
  readonly documentMap: Available<DocumentMapData>;
  readonly training: Available<TrainingData>;
  readonly alignment: Available<AlignmentData>;
  readonly ratings: Available<RatingsData>;
}
