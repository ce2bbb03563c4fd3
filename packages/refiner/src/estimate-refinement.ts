import type { RefinementContext, TokenUsage, Topic } from '@xtm/contracts';
import { costOf, estimateTokens, type TokenPrices } from '@xtm/llm';
import { type ChatRefinerOptions, resolveChatRefinerOptions } from './chat-refiner';
import { topicLines } from './prompts';

export interface EstimateOptions {
  /** Topics such as will be asked about; words of the vocabulary do before there are any. */
  readonly topics: readonly Topic[];
  readonly context: RefinementContext;
  /** How the model is asked. */
  readonly refiner?: ChatRefinerOptions;
  /** Default 5. */
  readonly rounds?: number;
  /** How often the topics are refined in the run. Default 1. */
  readonly refinements?: number;
  readonly prices?: TokenPrices;
}

/** What refinement is expected to take when every reply can be read at once and none is kept from before. */
export interface RefinementEstimate extends TokenUsage {
  readonly calls: number;
  /** In the currency of the prices; `undefined` without. */
  readonly cost: number | undefined;
}

/** Tokens of a theme and the marks around it. */
const THEME_TOKENS = 12;

/**
 * Expects calls, tokens and cost without asking anything. Replies are taken to be as long as the topics' own words.
 */
export function estimateRefinement({
  topics,
  context,
  refiner = {},
  rounds = 5,
  refinements = 1,
  prices,
}: EstimateOptions): RefinementEstimate {
  const { style } = resolveChatRefinerOptions(refiner);
  const asked = { ...context, wordsPerTopic: style.wordsAsked(context.wordsPerTopic) };
  const questions = style.questions(topics, topics, asked);
  const input = questions
    .flatMap(({ messages }) => messages)
    .reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const output = topics.reduce((sum, topic) => sum + replyTokens(topic, asked), 0);
  const times = rounds * refinements;
  const usage = { inputTokens: input * times, outputTokens: Math.ceil(output * times) };
  return { calls: questions.length * times, ...usage, cost: prices === undefined ? undefined : costOf(usage, prices) };
}

function replyTokens(topic: Topic, { languages, wordsPerTopic }: RefinementContext): number {
  const longest = Math.max(1, ...topic.words.map(({ length }) => length));
  return THEME_TOKENS + (estimateTokens(topicLines(topic, languages)) * wordsPerTopic) / longest;
}
