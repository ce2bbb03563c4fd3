import { AbortedError, BudgetExceededError, EndpointError, InvalidOptionError } from '@xtm/contracts';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatModel, type ChatModelOptions, type EndpointChatModel } from './index';
import { misbehaviours, ProtocolServer, type ProtocolServerOptions } from './testing';

const QUESTION = [{ role: 'user', content: 'What is a topic?' }] as const;
const PATIENT = { retries: 3, retryDelay: 5, replyFolder: false } as const;

describe('createChatModel', () => {
  let server: ProtocolServer | undefined;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xtm-llm-'));
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  async function serve(serverOptions: ProtocolServerOptions, options: Partial<ChatModelOptions> = {}): Promise<EndpointChatModel> {
    server = await ProtocolServer.start(serverOptions);
    return createChatModel({ baseUrl: server.baseUrl, model: 'local', ...PATIENT, ...options }, {});
  }

  it('asks in the words of the protocol and reads text and usage', async () => {
    const model = await serve({ answer: () => 'A theme.' }, { apiKey: 'secret-key-1', requestFields: { reasoning_effort: 'none' } });
    const reply = await model.complete(QUESTION, { temperature: 0.7, topP: 0.6, maxTokens: 50, jsonSchema: { type: 'object' } });
    expect(reply).toEqual({ text: 'A theme.', usage: { inputTokens: 5, outputTokens: 3 }, cached: false, truncated: false });
    expect(server!.calls[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer secret-key-1',
      body: {
        model: 'local',
        messages: [{ role: 'user', content: 'What is a topic?' }],
        temperature: 0.7,
        top_p: 0.6,
        max_tokens: 50,
        reasoning_effort: 'none',
        response_format: { type: 'json_schema', json_schema: { strict: true, schema: { type: 'object' } } },
      },
    });
    expect(model.spending()).toEqual({ requests: 1, failures: 0, replies: 1, cachedReplies: 0, inputTokens: 5, outputTokens: 3, cost: undefined });
  });

  it('sends no authorisation without a key', async () => {
    const model = await serve({});
    await model.complete(QUESTION);
    expect(server!.calls[0]!.authorization).toBeUndefined();
  });

  describe.each([
    ['throttling', misbehaviours.throttled()],
    ['a server error', misbehaviours.serverError()],
    ['an overloaded server', misbehaviours.serverError(503)],
    ['a conflict', misbehaviours.conflict()],
    ['a time-out told by the server', misbehaviours.requestTimeout()],
    ['a connection cut before the reply', misbehaviours.cutAtStart()],
    ['a connection cut in the middle of the reply', misbehaviours.cutInTheMiddle()],
    ['half a JSON reply', misbehaviours.halfJson()],
    ['a web page in place of a reply', misbehaviours.webPage()],
    ['a reply without completion', misbehaviours.noChoices()],
    ['an error inside a success', misbehaviours.embeddedError(502)],
  ])('after %s', (_name, misbehaviour) => {
    it('tries again', async () => {
      const model = await serve({ answer: () => 'fine', misbehave: [misbehaviour, misbehaviour] });
      expect((await model.complete(QUESTION)).text).toBe('fine');
      expect(model.spending()).toMatchObject({ requests: 3, failures: 2, replies: 1 });
    });

    it('gives up with one clear error when it goes on', async () => {
      const model = await serve({ misbehave: () => misbehaviour });
      const error = await model.complete(QUESTION).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(EndpointError);
      expect((error as EndpointError).advice).toBeTruthy();
      expect(server!.calls).toHaveLength(4);
    });
  });

  it.each([
    ['unauthorised', misbehaviours.unauthorised(), 401],
    ['unauthorised', misbehaviours.forbidden(), 403],
    ['notFound', misbehaviours.notFound(), 404],
    ['quota', misbehaviours.quotaExhausted(), 429],
    ['badRequest', misbehaviours.badRequest(), 400],
  ] as const)('stops at once when the failure is %s (%#)', async (failure, misbehaviour, status) => {
    const model = await serve({ misbehave: () => misbehaviour });
    await expect(model.complete(QUESTION)).rejects.toMatchObject({ failure, status, code: 'ENDPOINT' });
    expect(server!.calls).toHaveLength(1);
  });

  it('sends nothing of what waited for its turn when the key turned out wrong, but tries again when asked anew', async () => {
    const model = await serve({ answer: () => 'fine', misbehave: [misbehaviours.unauthorised()] }, { concurrency: 1 });
    const outcomes = await Promise.allSettled([0, 1, 2].map((round) => model.complete(QUESTION, { round })));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(server!.calls).toHaveLength(1);
    expect((await model.complete(QUESTION)).text).toBe('fine');
  });

  it.each([
    ['in seconds', () => misbehaviours.throttled(1)],
    ['as a date', () => misbehaviours.throttledUntil(new Date(Date.now() + 2_000))],
  ])('waits as long as Retry-After says %s', async (_form, throttled) => {
    const model = await serve({ misbehave: (call) => (call === 0 ? throttled() : undefined) });
    await model.complete(QUESTION);
    expect(server!.calls[1]!.at - server!.calls[0]!.at).toBeGreaterThanOrEqual(900);
  });

  it('does not wait for a server that asks for too long', async () => {
    const model = await serve({ misbehave: () => misbehaviours.throttled(3_600) });
    await expect(model.complete(QUESTION)).rejects.toMatchObject({ failure: 'throttled', message: expect.stringContaining('3600 s') as string });
    expect(server!.calls).toHaveLength(1);
  });

  it('ends attempts that take too long, before and after the headers', async () => {
    const model = await serve({ misbehave: [misbehaviours.slow(5_000), misbehaviours.stalled()], answer: () => 'in time' }, { timeout: 150 });
    expect((await model.complete(QUESTION)).text).toBe('in time');
  });

  it('gives up when every attempt takes too long', async () => {
    const model = await serve({ misbehave: () => misbehaviours.slow(5_000) }, { timeout: 50, retries: 1 });
    await expect(model.complete(QUESTION)).rejects.toMatchObject({ failure: 'timeout' });
  });

  it('stops when the caller does', async () => {
    const model = await serve({ misbehave: () => misbehaviours.slow(5_000) });
    const stop = new AbortController();
    const pending = model.complete(QUESTION, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(pending).rejects.toBeInstanceOf(AbortedError);
    await expect(model.complete(QUESTION, { signal: stop.signal })).rejects.toBeInstanceOf(AbortedError);
  });

  it('has no more calls under way than allowed', async () => {
    let current = 0;
    let most = 0;
    const answer = async (): Promise<string> => {
      most = Math.max(most, (current += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      current -= 1;
      return '';
    };
    const model = await serve({ answer }, { concurrency: 2 });
    await Promise.all([0, 1, 2, 3, 4, 5].map((round) => model.complete(QUESTION, { round })));
    expect(most).toBe(2);
  });

  describe('kept replies', () => {
    it('answer the same question again, in other models and processes too, at no cost', async () => {
      const model = await serve({ answer: (_request, call) => `answer ${call}` }, { replyFolder: folder });
      await model.complete(QUESTION, { round: 1 });
      const again = createChatModel({ baseUrl: server!.baseUrl, model: 'local', replyFolder: folder }, {});
      expect(await again.complete(QUESTION, { round: 1 })).toMatchObject({ text: 'answer 0', cached: true });
      expect(again.spending()).toMatchObject({ requests: 0, cachedReplies: 1, inputTokens: 0 });
      expect(server!.calls).toHaveLength(1);
    });

    it('are told apart by round, attempt, settings, words and model', async () => {
      const model = await serve({ answer: (_request, call) => `answer ${call}` }, { replyFolder: folder });
      const other = createChatModel({ baseUrl: server!.baseUrl, model: 'other', replyFolder: folder }, {});
      const replies = [
        await model.complete(QUESTION, { round: 1 }),
        await model.complete(QUESTION, { round: 2 }),
        await model.complete(QUESTION, { round: 1, attempt: 1 }),
        await model.complete(QUESTION, { round: 1, temperature: 0.7 }),
        await model.complete([{ role: 'user', content: 'Why?' }], { round: 1 }),
        await other.complete(QUESTION, { round: 1 }),
      ];
      expect(new Set(replies.map(({ text }) => text)).size).toBe(6);
    });

    it('ask once when the same question is asked twice at the same time', async () => {
      const model = await serve({}, { replyFolder: folder });
      await Promise.all([model.complete(QUESTION), model.complete(QUESTION)]);
      expect(server!.calls).toHaveLength(1);
    });

    it('ask again where a file is damaged, and hold no key', async () => {
      const model = await serve({}, { replyFolder: folder, apiKey: 'secret-key-2' });
      await model.complete(QUESTION);
      const [file] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
      expect(await readFile(join(folder, file!), 'utf8')).not.toContain('secret-key-2');
      await writeFile(join(folder, file!), '{"text": "hal');
      expect((await model.complete(QUESTION)).cached).toBe(false);
      expect((await model.complete(QUESTION)).cached).toBe(true);
    });

    it('are not asked for where they could not be kept', async () => {
      await writeFile(join(folder, 'file'), '');
      const model = await serve({}, { replyFolder: join(folder, 'file', 'replies') });
      await expect(model.complete(QUESTION)).rejects.toMatchObject({ code: 'WRITE' });
      expect(server!.calls).toHaveLength(0);
    });

    it('lie under XTM_CACHE by default', async () => {
      server = await ProtocolServer.start();
      await createChatModel({ baseUrl: server.baseUrl, model: 'local' }, { XTM_CACHE: folder }).complete(QUESTION);
      expect(await readdir(folder)).toEqual(['replies']);
    });
  });

  describe('a budget', () => {
    it('limits calls, but not kept replies', async () => {
      const model = await serve({}, { replyFolder: folder, budget: { maxCalls: 2 } });
      await model.complete(QUESTION, { round: 1 });
      await model.complete(QUESTION, { round: 2 });
      await expect(model.complete(QUESTION, { round: 3 })).rejects.toMatchObject({ code: 'BUDGET', limit: 'maxCalls', allowed: 2, spent: 2 });
      expect((await model.complete(QUESTION, { round: 1 })).cached).toBe(true);
      expect(server!.calls).toHaveLength(2);
    });

    it('is not overrun by calls at the same time', async () => {
      const model = await serve({ answer: () => 'one two three four' }, { budget: { maxTokens: 100 } });
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, round) => model.complete(QUESTION, { round, maxTokens: 20 })));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(6);
      expect(refused[0]!.reason).toBeInstanceOf(BudgetExceededError);
    });

    it('limits money at given prices', async () => {
      const model = await serve({ answer: () => 'one two three four' }, { budget: { maxCost: 30, prices: { input: 1_000_000, output: 2_000_000 } } });
      await model.complete(QUESTION, { round: 1, maxTokens: 10 });
      expect(model.spending().cost).toBe(5 + 2 * 6);
      await expect(model.complete(QUESTION, { round: 2, maxTokens: 10 })).rejects.toMatchObject({ limit: 'maxCost', spent: 17 });
    });
  });

  describe('a key', () => {
    it('never shows in errors, even when the server repeats it', async () => {
      const model = await serve({ apiKey: 'another' }, { apiKey: 'topsecretvalue' });
      const error = (await model.complete(QUESTION).catch((caught: unknown) => caught)) as Error;
      expect(error).toBeInstanceOf(EndpointError);
      expect(JSON.stringify(error) + error.message + error.stack + String(error.cause)).not.toContain('topsecretvalue');
      expect(error.message).toContain('[redacted]');
    });

    it('comes from the variable named, and its absence is told before any call', async () => {
      server = await ProtocolServer.start({ apiKey: 'from-environment' });
      const options = { baseUrl: server.baseUrl, model: 'local', apiKeyVariable: 'MY_KEY', replyFolder: false } as const;
      await createChatModel(options, { MY_KEY: 'from-environment' }).complete(QUESTION);
      expect(() => createChatModel(options, {})).toThrow(/MY_KEY/);
    });
  });

  it.each([
    ['modle', { model: 'x', baseUrl: 'http://localhost/v1', modle: 'y' }],
    ['baseUrl', { model: 'x' }],
    ['baseUrl', { model: 'x', baseUrl: 'localhost' }],
    ['apiKeyVariable', { model: 'x', preset: 'openai' }],
    ['preset', { model: 'x', preset: 'unheard-of' }],
    ['budget.maxCalls', { model: 'x', preset: 'ollama', budget: { maxCalls: -1 } }],
    ['prices', { model: 'x', preset: 'ollama', budget: { maxCost: 1 } }],
  ])('refuses a wrong %s (%#)', (option, options) => {
    expect(() => createChatModel(options as ChatModelOptions, {})).toThrow(expect.objectContaining({ option }) as InvalidOptionError);
  });
});
