import { InvalidOptionError, type ChatMessage, type ChatModel, type Language, type RunOptions, type TokenUsage, type Topic } from '@xtm/contracts';
import { languagePairs } from '../language-pairs';
import { mean } from '../statistics';
import { meanOfKnown, type TopicScores } from '../topic-scores';
import { askForRatings, type RatingQuestion } from './ask-for-ratings';
import { coherencePrompt, similarityPrompt, type RatedDataset } from './rating-prompts';

export interface LlmRatingOptions {
  /** One line on what the documents are, told to the model. */
  readonly description?: string;
  /** How often each question is asked: a positive integer; 4, as in the paper, by default. */
  readonly runs?: number;
  /** Sampling temperature; the endpoint's own by default. */
  readonly temperature?: number;
}

/** Ratings from 1 to 3; a topic without a usable reply has NaN. */
export interface RatingScores extends TopicScores {
  /** Replies that gave a rating. */
  readonly counted: number;
  /** Replies that gave none, and calls that brought no reply. */
  readonly discarded: number;
}

/** What a language model thinks of topics. */
export interface LlmRatings {
  readonly model: string;
  readonly runs: number;
  /** How well the words of a topic belong together, one entry a language. */
  readonly coherence: readonly (RatingScores & { readonly language: string })[];
  /** How similar a topic's words in two languages are, one entry a pair of languages. */
  readonly similarity: readonly (RatingScores & { readonly languages: readonly [string, string] })[];
  /** Tokens of all replies, those from a cache among them. */
  readonly usage: TokenUsage;
}

/**
 * Ratings by a language model (LLM-XTM, Section 4.4): coherence of each topic within each language and similarity of its
 * words between languages, from 1 to 3, mean of the runs per topic. Replies are read by `parseRating`; those that give
 * no rating are discarded and counted.
 *
 * Asks all questions at once; limits, retries and a cache of replies are the chat model's business. A run is told apart
 * by `round`, so a cached run costs nothing again.
 *
 * @throws InvalidOptionError for runs that are no positive integer or words that do not fit the languages.
 * @throws EndpointError, BudgetExceededError when nothing could be asked further.
 * @throws AbortedError when stopped.
 */
export async function llmRatings(topics: readonly Topic[], languages: readonly Language[], model: ChatModel, options: LlmRatingOptions = {}, run: RunOptions = {}): Promise<LlmRatings> {
  const { runs = 4, description, temperature } = options;
  if (!(Number.isInteger(runs) && runs > 0)) throw new InvalidOptionError('runs', runs, 'must be a positive integer');
  checkLanguages(topics, languages);
  const dataset: RatedDataset = { languages, description };
  const coherent = languages.map((language, index) => ({ language: language.code, prompts: topics.map((topic) => coherencePrompt(topic.words[index]!, dataset)) }));
  const similar = languagePairs(languages.length).map(([first, second]) => ({
    languages: [languages[first]!.code, languages[second]!.code] as const,
    prompts: topics.map(({ words }) => similarityPrompt({ language: languages[first]!, words: words[first]! }, { language: languages[second]!, words: words[second]! }, dataset)),
  }));
  const questions = [...coherent, ...similar].flatMap(({ prompts }) => prompts.flatMap((messages) => repeat(messages, runs)));
  const { ratings, usage } = await askForRatings(questions, model, temperature === undefined ? {} : { temperature }, run);
  let start = 0;
  const scoresOfNext = () => ratingScores(ratings.slice(start, (start += topics.length * runs)), runs);
  return {
    model: model.name,
    runs,
    coherence: coherent.map(({ language }) => ({ language, ...scoresOfNext() })),
    similarity: similar.map((pair) => ({ languages: pair.languages, ...scoresOfNext() })),
    usage,
  };
}

function checkLanguages(topics: readonly Topic[], languages: readonly Language[]): void {
  const wrong = topics.find(({ words }) => words.length !== languages.length);
  if (wrong !== undefined) {
    throw new InvalidOptionError('topics', wrong.words.length, `topic ${wrong.index} has words in ${wrong.words.length} languages, not ${languages.length}`);
  }
}

function repeat(messages: readonly ChatMessage[], runs: number): RatingQuestion[] {
  return Array.from({ length: runs }, (_, round) => ({ messages, round }));
}

function ratingScores(ratings: readonly (number | undefined)[], runs: number): RatingScores {
  const perTopic = Array.from({ length: ratings.length / runs }, (_, topic) => mean(ratings.slice(topic * runs, (topic + 1) * runs).filter((rating) => rating !== undefined)));
  const counted = ratings.filter((rating) => rating !== undefined).length;
  return { perTopic, mean: meanOfKnown(perTopic), counted, discarded: ratings.length - counted };
}
