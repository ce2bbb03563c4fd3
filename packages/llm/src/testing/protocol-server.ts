import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Misbehaviour } from './misbehaviour';
import { chatReply, embeddingsReply, type ChatRequest, type EmbeddingsRequest } from './protocol-replies';
import { hashedVector } from './hashed-vector';

export interface ProtocolServerOptions {
  /**
   * Answers a chat request; `call` counts requests from 0, failed ones included. Default: repeats the last message.
   */
  readonly answer?: (request: ChatRequest, call: number) => string | Promise<string>;
  /** Vector of a text. Default: a hash of its letters, 16 dimensions. */
  readonly embed?: (text: string) => readonly number[];
  /** How the call goes wrong, if it does. A list is worked off call by call. Default: all goes well. */
  readonly misbehave?: readonly (Misbehaviour | undefined)[] | ((call: number) => Misbehaviour | undefined);
  /** Key that callers must present. Default: none. */
  readonly apiKey?: string;
  /** Default: a free one. */
  readonly port?: number;
}

/** What reached the server. */
export interface ReceivedCall {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
  /** Milliseconds since the server started. */
  readonly at: number;
}

/** An OpenAI-protocol server (chat completions and embeddings) on this machine that misbehaves when told to. */
export class ProtocolServer {
  readonly calls: ReceivedCall[] = [];
  private readonly startedAt = performance.now();
  private readonly stalled = new AbortController();

  private constructor(private readonly options: ProtocolServerOptions, private readonly server: Server) {}

  static async start(options: ProtocolServerOptions = {}): Promise<ProtocolServer> {
    const server = createServer();
    const started = new ProtocolServer(options, server);
    server.on('request', (request, response) => {
      started.handle(request, response).catch(() => response.destroy());
    });
    server.listen(options.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return started;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Calls that asked for a chat completion. */
  get chatCalls(): readonly ReceivedCall[] {
    return this.calls.filter(({ path }) => path.endsWith('/chat/completions'));
  }

  async close(): Promise<void> {
    this.stalled.abort();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = this.calls.length;
    const received = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      at: performance.now() - this.startedAt,
    };
    this.calls.push({ ...received, body: undefined });
    const content = await readText(request);
    const body: unknown = content === '' ? undefined : JSON.parse(content);
    this.calls[call] = { ...received, body };
    if (this.options.apiKey !== undefined && received.authorization !== `Bearer ${this.options.apiKey}`) {
      return sendJson(response, 401, {
        error: { message: `Incorrect API key provided: ${received.authorization ?? 'none'}`, code: 'invalid_api_key' },
      });
    }
    await this.reply(response, received.path, body, call);
  }

  private async reply(response: ServerResponse, path: string, body: unknown, call: number): Promise<void> {
    const misbehaviour = this.misbehaviourOf(call);
    switch (misbehaviour?.kind) {
      case 'status':
        return sendJson(response, misbehaviour.status, { error: misbehaviour.error }, misbehaviour.headers);
      case 'cut':
        return misbehaviour.at === 'start'
          ? void response.destroy()
          : sendHalf(response, await this.content(path, body, call), true);
      case 'stall':
        return sendHalf(response, await this.content(path, body, call), false);
      case 'body':
        return sendText(response, 200, misbehaviour.body);
      case 'slow':
        await sleep(misbehaviour.delay, undefined, { signal: this.stalled.signal });
    }
    const content = await this.content(path, body, call, misbehaviour?.kind === 'text' ? misbehaviour : undefined);
    return content === undefined
      ? sendJson(response, 404, { error: { message: `no such path: ${path}` } })
      : sendText(response, 200, content);
  }

  private misbehaviourOf(call: number): Misbehaviour | undefined {
    const { misbehave } = this.options;
    return typeof misbehave === 'function' ? misbehave(call) : misbehave?.[call];
  }

  private async content(
    path: string,
    body: unknown,
    call: number,
    spoilt?: Extract<Misbehaviour, { kind: 'text' }>,
  ): Promise<string | undefined> {
    if (path.endsWith('/chat/completions')) {
      const request = body as ChatRequest;
      const text = await (this.options.answer ?? repeatLastMessage)(request, call);
      return JSON.stringify(
        chatReply(request, spoilt === undefined ? text : spoilt.spoil(text), spoilt?.truncated ?? false),
      );
    }
    return path.endsWith('/embeddings')
      ? JSON.stringify(embeddingsReply(body as EmbeddingsRequest, this.options.embed ?? hashedVector))
      : undefined;
  }
}

function repeatLastMessage({ messages }: ChatRequest): string {
  return messages.at(-1)?.content ?? '';
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, JSON.stringify(body), headers);
}

function sendText(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** Promises the whole body, sends half of it, and closes the connection or leaves it open. */
function sendHalf(response: ServerResponse, content: string | undefined, close: boolean): void {
  const bytes = Buffer.from(content ?? '{}');
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => {
    if (close) response.destroy();
  });
}
