import { setMaxListeners } from 'node:events';
import {
  AbortedError,
  EndpointError,
  InvalidOptionError,
  type RefinementContext,
  type RefinementRound,
  type RunOptions,
  type TokenUsage,
  type Topic,
  type TopicRefiner,
  type XtmError,
} from '@xtm/contracts';
import { isPassing } from '@xtm/llm';
import { type Counting, type Stem, VocabularyMatcher, type VotedTopic, voteOnTopic } from './vote';

/** One round as it came. */
export interface RoundReport extends RefinementRound {
  /** From 0. */
  readonly round: number;
}

export interface ConsistencyOptions extends RunOptions {
  readonly refiner: TopicRefiner;
  /** Topics with their raw top words. */
  readonly topics: readonly Topic[];
  readonly context: RefinementContext;
  /** [languages][vocabulary]: only these words are kept. */
  readonly vocabularies: readonly (readonly string[])[];
  /** Rounds of self-consistency, R of the paper. Default 5. */
  readonly rounds?: number;
  /** Default `paper`. */
  readonly counting?: Counting;
  /** Words per language that are kept, M of the paper. Default `context.wordsPerTopic`. */
  readonly topWords?: number;
  /** Stemmers, one per language, to let a proposed word stand for a vocabulary word of the same stem. Default none. */
  readonly stems?: readonly (Stem | undefined)[];
  /** Called with every round as it comes, before its words count. */
  readonly onRound?: (report: RoundReport) => void | Promise<void>;
}

/** What the rounds agreed on. */
export interface RefinementOutcome {
  /** One for each topic given, in the same order. */
  readonly topics: readonly VotedTopic[];
  /** Tokens spent; replies from a cache cost nothing. */
  readonly usage: TokenUsage;
  /** Why rounds are missing, where a budget was used up. */
  readonly stopped: XtmError | undefined;
}

const DEFAULT_ROUNDS = 5;

/**
 * Self-consistent refinement (LLM-XTM, section 3.2): has the topics refined in several rounds and keeps, topic by
 * topic, the words of the vocabulary that most rounds name. The first round runs alone, so that an endpoint that does
 * not work is found at once; the others run together. A later round that fails in a way that may pass is left out.
 * Throws what the first round throws, and from later rounds `AbortedError` and failures that will not pass.
 */
export async function refineConsistently(options: ConsistencyOptions): Promise<RefinementOutcome> {
  const rounds = options.rounds ?? DEFAULT_ROUNDS;
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InvalidOptionError('rounds', rounds, 'must be a whole number from 1');
  const reports = await runRounds(rounds, options);
  const stopped = reports.find((report) => report.stopped !== undefined)?.stopped;
  return { topics: vote(reports, options), usage: sumUsage(reports), stopped };
}

async function runRounds(rounds: number, options: ConsistencyOptions): Promise<RoundReport[]> {
  const context = { ...options.context, vocabularies: options.vocabularies };
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  // Every call of every round listens to this signal; many listeners are no leak here.
  setMaxListeners(0, signal);
  let done = 0;
  const run = async (round: number): Promise<RoundReport> => {
    if (signal.aborted) throw new AbortedError('refinement', { cause: signal.reason });
    const report = { ...(await options.refiner.refine(options.topics, context, round, { signal })), round };
    await options.onRound?.(report);
    options.onProgress?.({ stage: 'refinement', done: (done += 1), total: rounds });
    return report;
  };
  const first = await run(0);
  if (first.stopped !== undefined) return [first];
  const others = Array.from({ length: rounds - 1 }, (_, index) =>
    run(index + 1).catch((error: unknown) => failedRound(index + 1, error, options)),
  );
  try {
    return [first, ...(await Promise.all(others))];
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(others);
    throw error;
  }
}

async function failedRound(round: number, error: unknown, { onRound }: ConsistencyOptions): Promise<RoundReport> {
  if (!(error instanceof EndpointError) || !isPassing(error)) throw error;
  const report: RoundReport = {
    round,
    topics: [],
    usage: { inputTokens: 0, outputTokens: 0 },
    problems: [error.message],
  };
  await onRound?.(report);
  return report;
}

function vote(
  reports: readonly RoundReport[],
  {
    topics,
    context,
    vocabularies,
    counting = 'paper',
    topWords = context.wordsPerTopic,
    stems = [],
  }: ConsistencyOptions,
): VotedTopic[] {
  const matchers = vocabularies.map(
    (vocabulary, languageIndex) => new VocabularyMatcher(vocabulary, stems[languageIndex]),
  );
  return topics.map((topic) => {
    const proposals = reports.flatMap((report) => report.topics.filter(({ index }) => index === topic.index));
    return voteOnTopic(topic, proposals, { matchers, counting, topWords });
  });
}

function sumUsage(reports: readonly RoundReport[]): TokenUsage {
  return reports.reduce(
    (sum, { usage }) => ({
      inputTokens: sum.inputTokens + usage.inputTokens,
      outputTokens: sum.outputTokens + usage.outputTokens,
    }),
    { inputTokens: 0, outputTokens: 0 },
  );
}
