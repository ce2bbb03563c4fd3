import { MissingFileError, RunFolderError } from '@xtm/contracts';
import { dominantTopics, measureTitle, type TopicEvaluation } from '@xtm/metrics';
import { columnMeans } from '@xtm/numeric';
import { readRunConfig } from '../run-folder/config';
import { readRunEvents } from '../run-folder/events';
import { type DescribedTopic, readRunDocuments } from './edited-run';

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

/** Topics by how good they are. */
export interface RankedTopics {
  /** What people call the figure that they are ranked by. */
  readonly figure: string;
  /** Best first, those without a figure left out. */
  readonly ranked: readonly { readonly topic: DescribedTopic; readonly value: number }[];
}

/**
 * Ranks topics by held-out NPMI, else CNPMI, else agreement with the dictionary, mean over languages or their pairs;
 * undefined without any of them. A merger has its parts' mean.
 */
export function rankTopics(
  topics: readonly DescribedTopic[],
  { measures }: TopicEvaluation,
): RankedTopics | undefined {
  const { npmi, cnpmi, dictionaryAgreement } = measures;
  const candidates = [
    ['npmi', npmi?.perTopic],
    ['cnpmi', cnpmi?.map(({ perTopic }) => perTopic)],
    ['dictionaryAgreement', dictionaryAgreement?.map(({ perTopic }) => perTopic)],
  ] as const;
  for (const [measure, lists = []] of candidates) {
    const valued = topics.map((topic) => ({
      topic,
      value: meanOfKnown(lists.flatMap((perTopic) => topic.members.map((member) => perTopic[member]!))),
    }));
    const ranked = valued.filter(({ value }) => !Number.isNaN(value)).sort((one, other) => other.value - one.value);
    if (ranked.length > 0) return { figure: measureTitle(measure), ranked };
  }
  return undefined;
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
