import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRefinementAnswers, ProtocolServer, type ChatRequest, type EmbeddingsRequest } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';

/** Milliseconds that a chat reply takes: long enough to be killed while waiting. */
const REPLY_TIME = 30;

/** A server that answers the same question in the same way, and remembers what it was asked. */
export class WitnessServer {
  private constructor(private readonly server: ProtocolServer) {}

  static async start(): Promise<WitnessServer> {
    const answer = async (request: ChatRequest): Promise<string> => {
      await sleep(REPLY_TIME);
      return answerAlike(request);
    };
    return new WitnessServer(await ProtocolServer.start({ answer }));
  }

  /** Chat requests so far. */
  get chats(): number {
    return this.server.chatCalls.length;
  }

  get baseUrl(): string {
    return this.server.baseUrl;
  }

  /** Texts of every embeddings request, in the order of the requests. */
  get embedded(): readonly (readonly string[])[] {
    return this.server.calls
      .filter(({ path, body }) => path.endsWith('/embeddings') && body !== undefined)
      .map(({ body }) => [(body as EmbeddingsRequest).input].flat());
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/** Draws depend on the question alone, so that a resumed run hears what the undisturbed one heard. */
function answerAlike(request: ChatRequest): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(request)).digest();
  return createRefinementAnswers({ generator: new SeededGenerator(hash.readUInt32LE(0)), foreignRate: 0.1 })(
    request,
    0,
  );
}
