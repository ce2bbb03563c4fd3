import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionError, type Language } from '@xtm/contracts';
import { readVocabulary } from '@xtm/data';
import { columnMeans } from '@xtm/numeric';
import { readRunMatrix } from '../results/read-run-matrix';
import { readRunTopics } from '../results/read-run-topics';
import { topWords, type WeightedWord } from '../results/top-words';
import { rankingScores } from '../results/word-ranking';
import { applyTopicEdits, type ShownTopic } from './apply-topic-edits';
import { shownTopicWord } from './shown-topic-word';
import { readTopicEdits } from './topic-edits';

/** A shown topic with its first words. */
export interface DescribedTopic extends ShownTopic {
  /** First words as the run ranks them, by the languages' suffixes. */
  readonly words: Readonly<Record<string, readonly WeightedWord[]>>;
}

/** A run's topics after people's edits. */
export interface DescribedTopics {
  readonly languages: readonly Language[];
  readonly topics: readonly DescribedTopic[];
  /** Trained topics that are left out. */
  readonly hidden: readonly number[];
}

/**
 * The topics of a finished run as people want to see them, with any number of words.
 *
 * @param count words a language; default 10
 * @throws InvalidOptionError for a number that is none, MissingFileError before the run has finished, RunFolderError, DataFormatError
 */
export async function readShownTopics(folder: string, count = 10): Promise<DescribedTopics> {
  if (!Number.isInteger(count) || count < 1) throw new InvalidOptionError('top', count, 'must be a whole number of at least 1');
  const { languages, topics: trained, ranking } = readRunTopics(folder);
  const edits = readTopicEdits(folder);
  const topics = applyTopicEdits(edits, trained.length);
  const words: Record<string, WeightedWord[][]> = {};
  for (const { suffix } of languages) {
    const prevalence = prevalenceOf(folder, suffix, topics, trained.length);
    const shown = (name: string) => shownTopicWord(readRunMatrix(folder, `${name}_${suffix}.npy`), topics, prevalence);
    const topicWord = shown('topicWord');
    const [scores] = rankingScores({ ranking, topicWord: [topicWord], ...(ranking === 'weights' && { topicWeights: [shown('topicWeights')] }) });
    words[suffix] = topWords(scores!, topicWord, await readVocabulary(join(folder, `vocabulary_${suffix}.txt`)), count);
  }
  return {
    languages,
    topics: topics.map((topic, row) => ({ ...topic, words: Object.fromEntries(languages.map(({ suffix }) => [suffix, words[suffix]![row]!])) })),
    hidden: edits.hidden,
  };
}

/** Mean proportions over the training documents; only mergers need them, and equal ones do where they were not kept. */
function prevalenceOf(folder: string, suffix: string, topics: readonly ShownTopic[], numTopics: number): ArrayLike<number> {
  const name = `documentTopics_${suffix}_train.npy`;
  if (topics.every(({ members }) => members.length === 1) || !existsSync(join(folder, name))) return new Float64Array(numTopics).fill(1 / numTopics);
  return columnMeans(readRunMatrix(folder, name));
}
