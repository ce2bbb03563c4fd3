import { MissingFileError, RunFolderError } from '@xtm/contracts';
import { dominantTopics, type TopicEvaluation } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import { readRunConfig, readRunDocuments, readRunEvents } from '@xtm/pipeline';

/** How the training documents of a run spread over its shown topics. */
export interface TopicShares {
  /** Mean proportion of every topic [languages][topics]. */
  readonly means: readonly (readonly number[])[];
  /** Share of the documents whose main topic, the one of largest proportion, a topic is [languages][topics]. */
  readonly mainTopics: readonly (readonly number[])[];
  /** Whether each language was normalised by itself, so that shares cannot be compared between the languages. */
  readonly isLevelled: boolean;
}

/**
 * Reads the shares of a finished run's topics, in the order in which they are shown; nothing where the folder has no
 * topics of documents, or those of other topics, since the model was edited.
 *
 * @throws DataFormatError
 */
export function readTopicShares(path: string): TopicShares | undefined {
  // An edited model has no shares: the documents' topics are those from before the edit.
  if (readRunEvents(path).some(({ type }) => type === 'edited')) return undefined;
  try {
    const training = readRunDocuments(path)
      .sets.filter(({ split }) => split === 'train')
      .map(({ proportions }) => proportions);
    return {
      means: training.map((proportions) => [...columnMeans(proportions)]),
      mainTopics: training.map((proportions) => {
        const shares = new Array<number>(proportions.columns).fill(0);
        for (const topic of dominantTopics(proportions)) shares[topic]! += 1 / proportions.rows;
        return shares;
      }),
      isLevelled: readRunConfig(path).settings.modelOptions?.['normalisation'] === 'per-language',
    };
  } catch (error) {
    if (error instanceof MissingFileError || error instanceof RunFolderError) return undefined;
    throw error;
  }
}

/** What a column of shares is headed by. */
export function sharesTitle(code: string): string {
  return `${code} %`;
}

/** A topic's mean share and the share of documents whose main topic it is, in percent. */
export function formatShares({ means, mainTopics }: TopicShares, language: number, topic: number): string {
  const percent = (share: number): string => (100 * share).toFixed(1).padStart(4);
  return `${percent(means[language]![topic]!)} ${percent(mainTopics[language]![topic]!)}`;
}

/** What a reader of the shares has to know. */
export function remarksOnShares({ isLevelled: levelled }: TopicShares): string[] {
  return [
    '%: mean share of the training documents; share of them with it as main topic',
    ...(levelled ? ['Do not compare shares between languages: normalisation is per-language.'] : []),
  ];
}

/** How evenly documents spread over the topics, in one line; nothing where it was not measured. */
export function formatSpread({ measures, languages, numTopics }: TopicEvaluation): string | undefined {
  const { topicShares } = measures;
  if (topicShares === undefined) return undefined;
  const { perLanguage } = topicShares;
  const each = (text: (shares: (typeof perLanguage)[number], index: number) => string): string =>
    perLanguage.map((shares, index) => `${text(shares, index)} (${languages[index]})`).join(', ');
  return `Effective topics ${each(({ effective }, index) => `${effective.toFixed(1)}${index === 0 ? ` of ${numTopics}` : ''}`)}; largest main topic ${each(({ largestMainTopic }) => `${(100 * largestMainTopic).toFixed(0)}%`)}`;
}
