import { AbortedError, BudgetExceededError, EndpointError, InvalidOptionError } from '@xtm/contracts';
import { createEmbeddingModel, type EmbeddingModelOptions, type EndpointEmbeddingModel } from './index';
import { misbehaviours, ProtocolServer, type Misbehaviour, type ProtocolServerOptions } from './testing';

const EXAMPLE = [1, 2];
const embed = (text: string): number[] => [text.length, text.codePointAt(0)!];

function answering(body: unknown): Misbehaviour {
  return { kind: 'body', body: JSON.stringify(body) };
}

describe('createEmbeddingModel', () => {
  let server: ProtocolServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function serve(serverOptions: ProtocolServerOptions, options: Partial<EmbeddingModelOptions> = {}): Promise<EndpointEmbeddingModel> {
    server = await ProtocolServer.start({ embed, ...serverOptions });
    return createEmbeddingModel({ baseUrl: server.baseUrl, model: 'local', dimensions: 2, retries: 2, retryDelay: 5, ...options }, {});
  }

  it('asks in the words of the protocol and counts what it used', async () => {
    const model = await serve({ apiKey: 'secret-key-1' }, { apiKey: 'secret-key-1', requestFields: { user: 'me' } });
    const vectors = await model.embed(['ab', 'xyz']);
    expect(vectors).toEqual({ rows: 2, columns: 2, data: Float32Array.of(2, 97, 3, 120) });
    expect(server!.calls).toEqual([expect.objectContaining({ path: '/v1/embeddings', body: { model: 'local', input: ['ab', 'xyz'], encoding_format: 'float', user: 'me' } })]);
    expect(model.spending()).toMatchObject({ requests: 1, replies: 1, inputTokens: 2, outputTokens: 0 });
  });

  it('learns the length of the vectors from one word where it is not given', async () => {
    server = await ProtocolServer.start({ embed });
    const model = await createEmbeddingModel({ baseUrl: server.baseUrl, model: 'local' }, {});
    expect(model.dimensions).toBe(2);
    expect(server.calls).toHaveLength(1);
  });

  it('puts vectors in the order of the texts whatever the order of the reply', async () => {
    const data = [{ index: 1, embedding: [3, 4] }, { index: 0, embedding: EXAMPLE }];
    const model = await serve({ misbehave: [answering({ data })] });
    expect(Array.from((await model.embed(['a', 'b'])).data)).toEqual([1, 2, 3, 4]);
  });

  it('gives blank texts zero vectors and never sends them', async () => {
    const model = await serve({});
    expect(Array.from((await model.embed(['', 'ab', ' \n'])).data)).toEqual([0, 0, 2, 97, 0, 0]);
    expect(await model.embed(['', ' '])).toMatchObject({ rows: 2 });
    expect(server!.calls).toHaveLength(1);
    expect(server!.calls[0]!.body).toMatchObject({ input: ['ab'] });
  });

  it('cuts texts that are too long, between characters', async () => {
    const model = await serve({}, { maxTokens: 2 });
    expect(Array.from(await model.countTokens!(['新闻标题', 'abcdefghij', 'a']))).toEqual([2, 2, 1]);
    await model.embed(['新闻标题', 'abcdefghij', 'abcdef😀']);
    expect(server!.calls[0]!.body).toMatchObject({ input: ['新闻', 'abcdefg', 'abcdef'] });
  });

  it.each([
    ['throttling', misbehaviours.throttled()],
    ['a server error', misbehaviours.serverError()],
    ['a connection cut in the middle', misbehaviours.cutInTheMiddle()],
    ['an error inside a success', misbehaviours.embeddedError(503)],
    ['too few vectors', answering({ data: [{ index: 0, embedding: EXAMPLE }] })],
    ['vectors of another length', answering({ data: [{ index: 0, embedding: [1] }, { index: 1, embedding: [1] }] })],
    ['an index twice', answering({ data: [{ index: 0, embedding: EXAMPLE }, { index: 0, embedding: EXAMPLE }] })],
    ['something else than numbers', answering({ data: [{ index: 0, embedding: EXAMPLE }, { index: 1, embedding: [1, null] }] })],
    ['no embeddings', answering({})],
  ])('tries again after %s', async (_name, misbehaviour) => {
    const model = await serve({ misbehave: [misbehaviour] });
    expect(Array.from((await model.embed(['ab', 'c'])).data)).toEqual([2, 97, 1, 99]);
    expect(model.spending()).toMatchObject({ requests: 2, failures: 1, replies: 1 });
  });

  it('puts the prefix before every text, counts it among the tokens, and sends blank texts nowhere', async () => {
    const model = await serve({}, { prefix: 'query: ', maxTokens: 3 });
    expect(Array.from((await model.embed(['ab', ' '])).data)).toEqual([9, 113, 0, 0]);
    await model.embed(['abcdefghij']);
    expect(server!.calls.map(({ body }) => (body as { input: unknown }).input)).toEqual([['query: ab'], ['query: abc']]);
    expect(Array.from(await model.countTokens!(['ab', 'abcdefghij']))).toEqual([3, 3]);
  });

  it('says which option is wrong where the model gives vectors of another length, and does not ask for ever', async () => {
    const model = await serve({}, { dimensions: 3, retries: 6 });
    await expect(model.embed(['ab', 'c'])).rejects.toMatchObject({ constructor: InvalidOptionError, option: 'dimensions', message: expect.stringContaining('gives vectors of 2 dimensions') as string, advice: expect.stringContaining('requestFields.dimensions=3') as string });
    expect(server!.calls).toHaveLength(2);
  });

  it('says that a model is needed, and where its name goes', async () => {
    await expect(createEmbeddingModel({ baseUrl: 'http://localhost/v1' } as EmbeddingModelOptions, {})).rejects.toMatchObject({ option: 'model', message: 'model: is needed: the name of the embedding model at the endpoint', advice: expect.stringContaining('model=text-embedding-3-small') as string });
  });

  it('gives up with one clear error, without the key in it', async () => {
    const model = await serve({ apiKey: 'another' }, { apiKey: 'topsecretvalue' });
    const error = (await model.embed(['a']).catch((caught: unknown) => caught)) as EndpointError;
    expect(error).toBeInstanceOf(EndpointError);
    expect(error.failure).toBe('unauthorised');
    expect(error.message + String(error.stack)).not.toContain('topsecretvalue');
  });

  it('stops when the caller does, and within the budget', async () => {
    const model = await serve({ misbehave: (call) => (call === 0 ? misbehaviours.slow(5_000) : undefined) }, { budget: { maxCalls: 2 } });
    await expect(model.embed(['a'], { signal: AbortSignal.timeout(20) })).rejects.toBeInstanceOf(AbortedError);
    await model.embed(['a']);
    await expect(model.embed(['a'])).rejects.toBeInstanceOf(BudgetExceededError);
  });

  it('has a fingerprint for what decides the vectors, and for nothing else', async () => {
    const fingerprint = async (options: Partial<EmbeddingModelOptions>): Promise<string> =>
      (await createEmbeddingModel({ baseUrl: 'http://localhost/v1', model: 'm', dimensions: 2, ...options }, {})).fingerprint;
    const plain = await fingerprint({});
    expect(await fingerprint({ apiKey: 'k', retries: 1, dimensions: 2 })).toBe(plain);
    for (const options of [{ model: 'n' }, { baseUrl: 'http://other/v1' }, { maxTokens: 9 }, { requestFields: { dimensions: 2 } }, { prefix: 'query: ' }]) {
      expect(await fingerprint(options)).not.toBe(plain);
    }
  });
});
