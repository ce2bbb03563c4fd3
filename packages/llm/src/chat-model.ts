import { join } from 'node:path';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { type ChatMessage, type ChatModel, type ChatReply, type ChatSettings, parseOptions } from '@xtm/contracts';
import { Budget, budgetSchema, estimateTokens, type UsageSummary } from './budget';
import { EndpointClient } from './endpoint-client';
import { endpointFields } from './endpoint-options';
import { cacheFolder, ReplyCache, type ReplyIdentity } from './reply-cache';
import { throwEmbeddedError, UnusableReply } from './request-failure';

/** Options of a chat model; help and documentation are made of it. */
export const chatModelSchema = z.strictObject({
  ...endpointFields,
  model: z.string().min(1).describe('name of the model at the endpoint'),
  jsonSchema: z
    .boolean()
    .optional()
    .describe('whether the endpoint can bind replies to a JSON schema; default: what the preset says, else yes'),
  requestFields: z
    .record(z.string(), z.json())
    .default({})
    .describe("further fields of every request, for example { reasoning_effort: 'none' }; default none"),
  replyFolder: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe('folder that keeps replies between runs; false keeps none; default replies in the cache folder'),
  budget: budgetSchema.default({}).describe('default: no limit'),
});

/** A chat model behind an OpenAI-compatible endpoint. */
export type ChatModelOptions = z.input<typeof chatModelSchema>;
type ResolvedChatModelOptions = z.output<typeof chatModelSchema>;

/** What was spent on a chat model. */
export interface SpendingSummary extends UsageSummary {
  /** In the currency of the prices given; `undefined` without. */
  readonly cost: number | undefined;
}

/** A chat model that tells what it has cost so far. */
export interface EndpointChatModel extends ChatModel {
  spending(): SpendingSummary;
}

/**
 * A chat model of any OpenAI-compatible endpoint. Every reply is kept on disk before it is handed out, and the same
 * question with the same settings and round is answered from there. Throws `InvalidOptionError`; calls fail with
 * `EndpointError`, `BudgetExceededError`, `AbortedError`, or `WriteError` where the reply could not be kept.
 */
export function createChatModel(
  options: ChatModelOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): EndpointChatModel {
  return new CachedChatModel(parseOptions(chatModelSchema, options), environment);
}

class CachedChatModel implements EndpointChatModel {
  readonly name: string;
  private readonly client: EndpointClient;
  private readonly budget: Budget;
  private readonly cache: ReplyCache | undefined;
  private readonly underWay = new Map<string, Promise<ChatReply>>();

  constructor(
    private readonly options: ResolvedChatModelOptions,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.name = options.model;
    this.client = new EndpointClient(options, environment);
    this.budget = new Budget(options.budget);
    const folder = options.replyFolder ?? join(cacheFolder(environment), 'replies');
    this.cache = folder === false ? undefined : new ReplyCache(folder);
  }

  spending(): SpendingSummary {
    return { ...this.client.usage.summary(), cost: this.budget.cost() };
  }

  async complete(messages: readonly ChatMessage[], settings: ChatSettings = {}): Promise<ChatReply> {
    const identity = this.identityOf(messages, settings);
    const key = JSON.stringify(identity);
    const pending =
      this.underWay.get(key) ?? this.answer(identity, messages, settings).finally(() => this.underWay.delete(key));
    this.underWay.set(key, pending);
    return pending;
  }

  private async answer(
    identity: ReplyIdentity,
    messages: readonly ChatMessage[],
    settings: ChatSettings,
  ): Promise<ChatReply> {
    const kept = await this.cache?.read(identity);
    if (kept !== undefined) {
      this.client.usage.countCachedReply();
      return kept;
    }
    await this.cache?.prepare(identity);
    const reply = await this.ask(messages, settings);
    await this.cache?.write(identity, reply);
    return reply;
  }

  private async ask(messages: readonly ChatMessage[], settings: ChatSettings): Promise<ChatReply> {
    const inputTokens = estimateMessages(messages);
    const body = chatRequest(this.requestFacts(), messages, settings);
    const reply = await this.budget.spend({ inputTokens, outputTokens: settings.maxTokens ?? inputTokens }, () =>
      this.client.request(
        async (client, signal) =>
          readCompletion(
            await client.chat.completions.create(body, { signal, timeout: this.options.timeout }),
            messages,
          ),
        settings.signal === undefined ? {} : { signal: settings.signal },
      ),
    );
    this.client.usage.countReply(reply.usage);
    return reply;
  }

  private requestFacts() {
    const { model, requestFields, jsonSchema } = this.options;
    return {
      model,
      requestFields,
      tokenLimitField: this.client.access.tokenLimitField,
      jsonSchema: jsonSchema ?? this.client.access.jsonSchema,
    };
  }

  private identityOf(messages: readonly ChatMessage[], settings: ChatSettings): ReplyIdentity {
    const { round = 0, attempt = 0 } = settings;
    return {
      endpoint: this.client.address,
      request: chatRequest(this.requestFacts(), messages, settings),
      round,
      attempt,
    };
  }
}

/** What of a chat request does not depend on the call. */
interface ChatRequestFacts {
  readonly model: string;
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  readonly jsonSchema: boolean;
  readonly requestFields: Readonly<Record<string, unknown>>;
}

/** The body of a chat request in the protocol's words. */
function chatRequest(
  facts: ChatRequestFacts,
  messages: readonly ChatMessage[],
  settings: ChatSettings,
): ChatCompletionCreateParamsNonStreaming {
  const { temperature, topP, maxTokens, jsonSchema } = settings;
  return {
    model: facts.model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxTokens === undefined ? {} : { [facts.tokenLimitField]: maxTokens }),
    ...(jsonSchema === undefined || !facts.jsonSchema
      ? {}
      : {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'reply', strict: true, schema: { ...jsonSchema } },
          },
        }),
    ...facts.requestFields,
  };
}

/**
 * The reply in a completion. Endpoints that count no tokens get an estimate. Throws `UnusableReply` when there is no
 * completion in it, and `APIError` when a success carries an error inside, as routers send it.
 */
function readCompletion(completion: Partial<ChatCompletion>, messages: readonly ChatMessage[]): ChatReply {
  throwEmbeddedError(completion);
  const choice = completion.choices?.[0];
  if (choice?.message === undefined) throw new UnusableReply('the reply holds no completion');
  const text = choice.message.content ?? '';
  return {
    text,
    usage: {
      inputTokens: completion.usage?.prompt_tokens ?? estimateMessages(messages),
      outputTokens: completion.usage?.completion_tokens ?? estimateTokens(text),
    },
    cached: false,
    truncated: choice.finish_reason === 'length',
  };
}

/** About how many tokens the messages have. */
function estimateMessages(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}
