import { setMaxListeners } from 'node:events';
import { EndpointError, type ChatMessage, type ChatModel, type ChatSettings, type EndpointFailure, type RunOptions, type TokenUsage } from '@xtm/contracts';
import { parseRating } from './parse-rating';

/** One question of one run. */
export interface RatingQuestion {
  readonly messages: readonly ChatMessage[];
  readonly round: number;
}

export interface RatingReplies {
  /** [questions]; undefined where the reply gave no rating or none came. */
  readonly ratings: readonly (number | undefined)[];
  readonly usage: TokenUsage;
}

/** Failures that tell of one question, not of the endpoint: the others may still be answered. */
const OF_ONE_QUESTION: ReadonlySet<EndpointFailure> = new Set(['invalidReply', 'badRequest', 'timeout']);

/**
 * Asks every question. A question that fails on its own has no rating; if every question fails, or the endpoint does,
 * the rest is cancelled and the failure passed on.
 */
export async function askForRatings(questions: readonly RatingQuestion[], model: ChatModel, settings: ChatSettings, run: RunOptions): Promise<RatingReplies> {
  const cancel = new AbortController();
  const signal = run.signal === undefined ? cancel.signal : AbortSignal.any([run.signal, cancel.signal]);
  // Every call under way listens to it; the platform would take that for a leak.
  setMaxListeners(0, signal);
  const usage = { inputTokens: 0, outputTokens: 0 };
  const failures: EndpointError[] = [];
  let done = 0;

  const ask = async ({ messages, round }: RatingQuestion): Promise<number | undefined> => {
    try {
      const reply = await model.complete(messages, { ...settings, round, signal });
      usage.inputTokens += reply.usage.inputTokens;
      usage.outputTokens += reply.usage.outputTokens;
      return parseRating(reply.text);
    } catch (error) {
      if (!(error instanceof EndpointError && OF_ONE_QUESTION.has(error.failure))) throw error;
      failures.push(error);
      return undefined;
    } finally {
      run.onProgress?.({ stage: 'asking for ratings', done: ++done, total: questions.length });
    }
  };

  try {
    const ratings = await Promise.all(questions.map(ask));
    if (failures.length > 0 && failures.length === questions.length) throw failures[0]!;
    return { ratings, usage };
  } catch (error) {
    cancel.abort();
    throw error;
  }
}
