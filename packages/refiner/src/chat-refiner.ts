import { z } from 'zod';
import {
  BudgetExceededError,
  type ChatModel,
  type ChatReply,
  EndpointError,
  InvalidOptionError,
  parseOptions,
  type RefinedTopic,
  type RefinementContext,
  type RefinementReply,
  type RefinementRound,
  type RunOptions,
  type TokenUsage,
  type Topic,
  type TopicRefiner,
} from '@xtm/contracts';
import { isPassing, mapInParallel } from '@xtm/llm';
import { createReplyParser } from './parsing/reply-parser';
import { batchPrompt, jsonPrompt, perTopicPrompt, type PromptStyle, type Question, templatePrompt } from './prompts';

/** Calls that a round has under way at once, unless the model itself allows fewer. */
const CALLS_AT_ONCE = 16;

/** Calls of a round that fail one after another before the rest is not tried. */
const FAILURES_BEFORE_GIVING_UP = 4;

/** A reply to a question, or why there is none. */
interface Answer {
  readonly question: Question;
  readonly reply?: ChatReply;
  readonly error?: EndpointError | BudgetExceededError;
}

/**
 * Refines topics with a chat model. Topics whose reply cannot be read are asked about again, up to `attempts` times in
 * all. A call that fails in a way that may pass costs its topics the round; the round throws only when no call of it
 * got through, or when a failure will not pass. When the budget is used up, the round ends with what it has.
 */
export function createChatRefiner(model: ChatModel, options: ChatRefinerOptions = {}): TopicRefiner {
  const resolved = resolveChatRefinerOptions(options);
  return {
    name: `${model.name} (${resolved.style.name})`,
    refine: (topics, context, round, runOptions = {}) =>
      new ChatRound(model, resolved, topics, context, round).run(runOptions),
  };
}

class ChatRound {
  private readonly refined = new Map<number, RefinedTopic>();
  private readonly replies: RefinementReply[] = [];
  private readonly problems: string[] = [];
  private failuresInARow = 0;

  constructor(
    private readonly model: ChatModel,
    private readonly options: ResolvedChatRefinerOptions,
    private readonly topics: readonly Topic[],
    private readonly context: RefinementContext,
    private readonly round: number,
  ) {}

  async run(runOptions: RunOptions): Promise<RefinementRound> {
    let stopped: BudgetExceededError | undefined;
    for (
      let attempt = 0;
      attempt < this.options.attempts && stopped === undefined && this.pending().length > 0;
      attempt += 1
    ) {
      const answers = await this.ask(attempt, runOptions);
      this.read(answers, attempt);
      stopped = answers.map(({ error }) => error).find((error) => error instanceof BudgetExceededError);
      if (this.handleFailures(answers)) break;
    }
    return {
      topics: this.topics.flatMap(({ index }) => this.refined.get(index) ?? []),
      usage: spentUsage(this.replies),
      replies: this.replies,
      problems: [
        ...this.problems,
        ...this.pending().map(({ index }) => `topic ${index}: no reply that could be read`),
      ],
      ...(stopped === undefined ? {} : { stopped }),
    };
  }

  private pending(): Topic[] {
    return this.topics.filter(({ index }) => !this.refined.has(index));
  }

  private ask(attempt: number, runOptions: RunOptions): Promise<Answer[]> {
    const { style } = this.options;
    const context = { ...this.context, wordsPerTopic: style.wordsAsked(this.context.wordsPerTopic) };
    return mapInParallel(style.questions(this.topics, this.pending(), context), CALLS_AT_ONCE, (question) =>
      this.askOne(question, attempt, runOptions),
    );
  }

  private async askOne(question: Question, attempt: number, { signal }: RunOptions): Promise<Answer> {
    if (this.failuresInARow >= FAILURES_BEFORE_GIVING_UP) return { question };
    const { temperature, topP, maxTokens } = this.options;
    try {
      const reply = await this.model.complete(question.messages, {
        temperature,
        topP,
        round: this.round,
        attempt,
        ...(maxTokens === undefined ? {} : { maxTokens }),
        ...(question.jsonSchema === undefined ? {} : { jsonSchema: question.jsonSchema }),
        ...(signal === undefined ? {} : { signal }),
      });
      this.failuresInARow = 0;
      return { question, reply };
    } catch (error) {
      if (error instanceof BudgetExceededError) return { question, error };
      if (error instanceof EndpointError && isPassing(error)) {
        this.failuresInARow += 1;
        return { question, error };
      }
      this.failuresInARow = FAILURES_BEFORE_GIVING_UP;
      throw error;
    }
  }

  private read(answers: readonly Answer[], attempt: number): void {
    const parse = createReplyParser(this.context.languages, this.context.vocabularies);
    for (const { question, reply } of answers) {
      if (reply === undefined) continue;
      const { text, usage, cached, truncated = false } = reply;
      this.replies.push({ topics: question.topics, attempt, text, usage, cached });
      for (const topic of parse(text, question.topics, truncated)) this.refined.set(topic.index, topic);
    }
  }

  /** Notes failures; returns whether there were any, as then the endpoint has been patiently retried already. */
  private handleFailures(answers: readonly Answer[]): boolean {
    const errors = answers.map(({ error }) => error).filter((error) => error instanceof EndpointError);
    if (errors.length > 0 && this.replies.length === 0) throw errors[0]!;
    this.problems.push(...new Set(errors.map(({ message }) => message)));
    return errors.length > 0;
  }
}

function spentUsage(replies: readonly RefinementReply[]): TokenUsage {
  const paid = replies.filter(({ cached }) => !cached);
  return {
    inputTokens: paid.reduce((sum, { usage }) => sum + usage.inputTokens, 0),
    outputTokens: paid.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
  };
}

const promptStyles = { batch: batchPrompt, 'per-topic': perTopicPrompt, json: jsonPrompt } as const satisfies Readonly<
  Record<string, PromptStyle>
>;

/** Names of the built-in ways of asking. */
export const promptStyleNames = Object.keys(promptStyles) as [
  keyof typeof promptStyles,
  ...(keyof typeof promptStyles)[],
];

/** How a chat model is asked; help and documentation are made of it. */
export const chatRefinerSchema = z.strictObject({
  style: z.enum(promptStyleNames).optional().describe('way of asking; default batch'),
  template: z.string().min(1).optional().describe(
    "a prompt in one's own words in place of style; see templatePrompt for its placeholders",
  ),
  temperature: z.number().min(0).max(2).default(0.7).describe('sampling temperature of the language model'),
  topP: z.number().gt(0).max(1).default(0.7).describe('probability mass that the language model samples from'),
  maxTokens: z.number().int().positive().optional().describe(
    'longest reply in tokens; default: 1,024 in the style per-topic, else what the endpoint allows',
  ),
  attempts: z.number().int().positive().default(3).describe(
    'how often a topic is asked about until a reply can be read',
  ),
});

/** How a chat model is asked to refine topics. */
export type ChatRefinerOptions = z.input<typeof chatRefinerSchema>;

interface ResolvedChatRefinerOptions {
  readonly style: PromptStyle;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number | undefined;
  readonly attempts: number;
}

/** Fills in defaults. Throws `InvalidOptionError`. */
export function resolveChatRefinerOptions(options: ChatRefinerOptions): ResolvedChatRefinerOptions {
  const { style, template, maxTokens, ...rest } = parseOptions(chatRefinerSchema, options);
  if (style !== undefined && template !== undefined)
    throw new InvalidOptionError('template', template, 'takes the place of style; give one of them');
  const resolved = template === undefined ? promptStyles[style ?? 'batch'] : templatePrompt(template);
  return { ...rest, style: resolved, maxTokens: maxTokens ?? resolved.maxTokens };
}
