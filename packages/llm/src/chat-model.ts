import { type ChatMessage, type ChatModel, type ChatReply, type ChatSettings, parseOptions } from '@xtm/contracts';
import { join } from 'node:path';
import { Budget } from './budget';
import { cacheFolder } from './cache-folder';
import { chatModelSchema, type ChatModelOptions, type ResolvedChatModelOptions } from './chat-model-options';
import { chatRequest, estimateMessages, readCompletion } from './chat-request';
import { EndpointClient } from './endpoint-client';
import { ReplyCache, type ReplyIdentity } from './reply-cache';
import type { UsageSummary } from './usage-meter';

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
export function createChatModel(options: ChatModelOptions, environment: Readonly<Record<string, string | undefined>> = process.env): EndpointChatModel {
  return new CachedChatModel(parseOptions(chatModelSchema, options), environment);
}

class CachedChatModel implements EndpointChatModel {
  readonly name: string;
  private readonly client: EndpointClient;
  private readonly budget: Budget;
  private readonly cache: ReplyCache | undefined;
  private readonly underWay = new Map<string, Promise<ChatReply>>();

  constructor(private readonly options: ResolvedChatModelOptions, environment: Readonly<Record<string, string | undefined>>) {
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
    const pending = this.underWay.get(key) ?? this.answer(identity, messages, settings).finally(() => this.underWay.delete(key));
    this.underWay.set(key, pending);
    return pending;
  }

  private async answer(identity: ReplyIdentity, messages: readonly ChatMessage[], settings: ChatSettings): Promise<ChatReply> {
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
        async (client, signal) => readCompletion(await client.chat.completions.create(body, { signal, timeout: this.options.timeout }), messages),
        settings.signal === undefined ? {} : { signal: settings.signal },
      ));
    this.client.usage.countReply(reply.usage);
    return reply;
  }

  private requestFacts() {
    const { model, requestFields, jsonSchema } = this.options;
    return { model, requestFields, tokenLimitField: this.client.access.tokenLimitField, jsonSchema: jsonSchema ?? this.client.access.jsonSchema };
  }

  private identityOf(messages: readonly ChatMessage[], settings: ChatSettings): ReplyIdentity {
    const { round = 0, attempt = 0 } = settings;
    return { endpoint: this.client.address, request: chatRequest(this.requestFacts(), messages, settings), round, attempt };
  }
}
