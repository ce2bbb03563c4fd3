import { InvalidOptionError, type RefinementContext } from '@xtm/contracts';
import { createChatModel, type ChatModelOptions } from '@xtm/llm';
import { misbehaviours, ProtocolServer, type ChatRequest, type ProtocolServerOptions } from '@xtm/llm/testing';
import { createChatRefiner, type ChatRefinerOptions } from './index';
import { exampleContext, exampleTopics, faithfulAnswers } from './testing';

describe('createChatRefiner', () => {
  let server: ProtocolServer;

  afterEach(async () => {
    await server.close();
  });

  async function refine(options: ChatRefinerOptions, serverOptions: ProtocolServerOptions = {}, context: RefinementContext = exampleContext, modelOptions: Partial<ChatModelOptions> = {}) {
    server = await ProtocolServer.start({ answer: faithfulAnswers(), ...serverOptions });
    const model = createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false, retries: 1, retryDelay: 1, ...modelOptions }, {});
    return createChatRefiner(model, options).refine(exampleTopics, context, 0);
  }

  const prompts = (): string[] => server.chatCalls.map(({ body }) => (body as ChatRequest).messages.at(-1)!.content);

  it('asks for all topics in one call in the style batch', async () => {
    const round = await refine({ style: 'batch' });
    expect(round.topics.map(({ index, words }) => ({ index, words }))).toEqual(exampleTopics);
    expect(round.topics.map(({ theme }) => theme)).toEqual(['apple', 'car', 'song']);
    expect(prompts()).toHaveLength(1);
    for (const part of ['English and Simplified Chinese', 'product reviews', 'Topic 0:\nEN: apple - pear - plum\nCN: 苹果 - 梨 - 李子', 'Topic 2:', 'exactly 3 words', 'single words']) {
      expect(prompts()[0]).toContain(part);
    }
    expect(server.chatCalls[0]!.body).toMatchObject({ temperature: 0.7, top_p: 0.7 });
    expect(round.replies).toMatchObject([{ topics: [0, 1, 2], attempt: 0, cached: false }]);
    expect(round.usage.outputTokens).toBeGreaterThan(0);
  });

  it('asks for one topic per call in the style per-topic, shows all, and asks for some words more', async () => {
    const round = await refine({ style: 'per-topic' });
    expect(round.topics.map(({ words }) => words)).toEqual(exampleTopics.map(({ words }) => words));
    expect(prompts()).toHaveLength(3);
    const ofOne = prompts().find((prompt) => prompt.includes('Improve topic 1 alone'))!;
    for (const part of ['Topic 0:\n', 'Topic 1: <<<', 'Topic 2:\n', 'the 8 best words', 'car - tyre - road']) expect(ofOne).toContain(part);
    expect(server.chatCalls[0]!.body).toMatchObject({ max_tokens: 1_024 });
  });

  it('binds the reply to a schema in the style json', async () => {
    const round = await refine({ style: 'json' });
    expect(round.topics.map(({ words }) => words)).toEqual(exampleTopics.map(({ words }) => words));
    const { response_format: format } = server.chatCalls[0]!.body as { response_format: { json_schema: { schema: { properties: { topics: { items: { properties: Record<string, unknown> } } } } } } };
    expect(format.json_schema.schema.properties.topics.items.properties).toMatchObject({ words: { required: ['EN', 'CN'], additionalProperties: false } });
  });

  it('asks in the user\'s words', async () => {
    await refine({ template: 'In {languages}, {count} topics:\n\n{topics}\n\nGive {words} words as\n{form}' });
    expect(prompts()).toHaveLength(1);
    expect(prompts()[0]).toMatch(/^In English and Simplified Chinese, 3 topics:\n\nTopic 0:\nEN: apple/);
    expect(prompts()[0]).toContain('Give 3 words as\nTopic <number>:');
    await server.close();
    await refine({ template: 'Topic {number} of {count}:\n{target}' });
    expect(prompts().sort()[0]).toBe('Topic 0 of 3:\nTopic 0:\nEN: apple - pear - plum\nCN: 苹果 - 梨 - 李子');
  });

  it('names any pair of languages', async () => {
    await refine({}, {}, { ...exampleContext, languages: [{ code: 'de', suffix: 'de' }, { code: 'ja', suffix: 'ja' }] });
    expect(prompts()[0]).toContain('German and Japanese');
    expect(prompts()[0]).toContain('DE stands for German, JA for Japanese');
  });

  it('asks again for the topics that are missing, and for these alone', async () => {
    const round = await refine({}, { misbehave: [misbehaviours.halfReply()] });
    expect(round.topics.map(({ words }) => words)).toEqual(exampleTopics.map(({ words }) => words));
    expect(round.replies!.map(({ topics, attempt }) => ({ topics, attempt }))).toEqual([{ topics: [0, 1, 2], attempt: 0 }, { topics: [1, 2], attempt: 1 }]);
    expect(prompts()[1]).not.toContain('apple');
  });

  it.each([
    ['refusals', misbehaviours.refusal()],
    ['empty replies', misbehaviours.emptyReply()],
  ])('stops asking after three %s and says which topics are missing', async (_name, misbehaviour) => {
    const round = await refine({}, { misbehave: () => misbehaviour });
    expect(round.topics).toEqual([]);
    expect(server.calls).toHaveLength(3);
    expect(round.problems).toEqual([0, 1, 2].map((index) => expect.stringContaining(`topic ${index}`) as string));
  });

  it.each([
    ['chatter', misbehaviours.chatter()],
    ['wrong counts', misbehaviours.wrongCounts()],
  ])('gets along with %s', async (_name, misbehaviour) => {
    const round = await refine({}, { misbehave: () => misbehaviour });
    expect(round.topics.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(server.calls).toHaveLength(1);
  });

  it('does without the topics whose calls fail, and says so', async () => {
    const round = await refine({ style: 'per-topic' }, { misbehave: [misbehaviours.serverError(), misbehaviours.serverError()] }, exampleContext, { concurrency: 1 });
    expect(round.topics.map(({ index }) => index)).toEqual([1, 2]);
    expect(round.problems).toEqual([expect.stringContaining('The server had an error'), expect.stringContaining('topic 0')]);
  });

  it('fails when no call gets through, and at once when a failure will not pass', async () => {
    await expect(refine({ style: 'per-topic' }, { misbehave: () => misbehaviours.serverError() })).rejects.toMatchObject({ failure: 'server' });
    await server.close();
    await expect(refine({ style: 'per-topic' }, { misbehave: () => misbehaviours.quotaExhausted() }, exampleContext, { concurrency: 1 })).rejects.toMatchObject({ failure: 'quota' });
  });

  it('ends with what it has when the budget is used up', async () => {
    const round = await refine({ style: 'per-topic' }, {}, exampleContext, { budget: { maxCalls: 2 } });
    expect(round.topics).toHaveLength(2);
    expect(round.stopped).toMatchObject({ code: 'BUDGET', limit: 'maxCalls' });
  });

  it.each([
    ['style', { style: 'chatty' }],
    ['temperatur', { temperatur: 1 }],
    ['attempts', { attempts: 0 }],
    ['template', { template: 'Refine {topic}' }],
    ['template', { template: 'Refine the topics' }],
    ['template', { template: '{topics}', style: 'batch' }],
  ])('refuses a wrong %s (%#)', async (option, options) => {
    server = await ProtocolServer.start();
    const model = createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false }, {});
    expect(() => createChatRefiner(model, options as ChatRefinerOptions)).toThrow(expect.objectContaining({ option }) as InvalidOptionError);
  });
});
