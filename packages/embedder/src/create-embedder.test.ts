import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { ProtocolServer } from '@xtm/llm/testing';
import { modelFolder } from './catalogue/fetch-model';
import { writeEncoderRecord } from './catalogue/find-encoders';
import { chooseEmbedder, createEmbedder, embedderNames, embedders, readsTexts } from './create-embedder';
import { encoder, endpoint, onnx } from './text-embedders';
import { aligned, precomputed } from './word-embedders';
import { writeModelFolder } from './testing';

describe('createEmbedder', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'xtm-embedder-'));
  });

  afterEach(() => rm(cache, { recursive: true, force: true }));

  it('knows the embedders by name', async () => {
    expect(embedderNames).toEqual(['aligned', 'precomputed', 'multilingual-e5-small', 'paraphrase-multilingual-MiniLM-L12-v2', 'bge-m3', 'onnx', 'openai']);
    expect((await createEmbedder('aligned', { dimensions: 20 })).name).toBe('aligned');
    expect((await createEmbedder('precomputed', { folder: cache })).name).toBe('precomputed');
    await expect(createEmbedder('word2vec')).rejects.toThrow('one of aligned, precomputed, multilingual-e5-small, ');
    expect(embedderNames.filter(readsTexts)).toEqual(embedderNames.slice(2));
  });

  it('chooses them with typed options, and says what they read', async () => {
    expect(encoder('bge-m3', { precision: 'int8' })).toEqual(chooseEmbedder('bge-m3', { precision: 'int8' }));
    expect([aligned(), precomputed(), onnx({ folder: 'm' }), endpoint({ model: 'm' })].map(({ definition: { name, reads } }) => [name, reads])).toEqual([
      ['aligned', 'words'], ['precomputed', 'words'], ['onnx', 'texts'], ['openai', 'texts'],
    ]);
    const { definition, options } = precomputed();
    expect((await definition.open(options, { datasetFolder: cache })).name).toBe('precomputed');
    await expect(definition.open(options)).rejects.toMatchObject({ option: 'folder' });
    for (const { optionsSchema } of embedders.values()) expect(Object.keys(optionsSchema.shape).length).toBeGreaterThan(0);
  });

  it('opens the fetched model, embeds texts and keeps vectors under XTM_CACHE', async () => {
    const environment = { XTM_CACHE: cache };
    await expect(createEmbedder('bge-m3', {}, environment)).rejects.toMatchObject({ constructor: MissingFileError, advice: expect.stringContaining('xtm models fetch') as string });
    await writeModelFolder(modelFolder('bge-m3', join(cache, 'models')));
    const embedder = await createEmbedder('bge-m3', { storePrecision: 'float16', threads: 1 }, environment);
    const documents = await embedder.embedDocuments({ languageIndex: 0, texts: ['one text', 'another'] });
    expect(documents).toMatchObject({ rows: 2, columns: 32 });
    expect((await embedder.embedWords(['another'], 1)).data[0]).toBeCloseTo(documents.data[32]!, 3);
    expect(await readdir(cache)).toEqual(['embeddings', 'models']);
    await embedder.dispose!();
  });

  it('finds a model that was copied into the models folder under its own name', async () => {
    await writeModelFolder(join(cache, 'models', 'multilingual-e5-small'));
    const embedder = await createEmbedder('multilingual-e5-small', { store: false, threads: 1 }, { XTM_CACHE: cache });
    expect((await embedder.embedTexts(['camera'])).columns).toBe(32);
    await embedder.dispose!();
  });

  it('takes what a copied folder leaves open from the catalogue, by the name of the embedder', async () => {
    const folder = join(cache, 'copied');
    await writeModelFolder(folder, { pooling: 'unsaid' });
    const vectorOf = async (name: string, options: object, text: string): Promise<number[]> => {
      const embedder = await createEmbedder(name, { folder, store: false, threads: 1, ...options });
      const { data } = await embedder.embedTexts([text]);
      await embedder.dispose!();
      return Array.from(data);
    };
    const e5 = await vectorOf('multilingual-e5-small', {}, 'camera');
    expect(e5).toEqual(await vectorOf('onnx', { pooling: 'mean' }, 'query: camera'));
    expect(e5).toEqual(await vectorOf('onnx', { name: 'multilingual-e5-small' }, 'camera'));
    expect(e5).not.toEqual(await vectorOf('multilingual-e5-small', { prefix: '' }, 'camera'));
    expect(await vectorOf('bge-m3', {}, 'camera')).toEqual(await vectorOf('onnx', { pooling: 'cls' }, 'camera'));
    await expect(vectorOf('onnx', {}, 'camera')).rejects.toMatchObject({ option: 'pooling', advice: expect.stringContaining('pooling=mean') as string });
    await expect(createEmbedder('onnx', {}, {})).rejects.toMatchObject({ option: 'folder' });
  });

  it('refuses a folder that was fetched as another model, and knows such a folder without a name', async () => {
    const folder = join(cache, 'fetched');
    await writeModelFolder(folder, { pooling: 'unsaid' });
    await writeEncoderRecord(folder, { model: 'multilingual-e5-small', repository: 'Xenova/multilingual-e5-small', revision: 'main' });
    await expect(createEmbedder('bge-m3', { folder })).rejects.toMatchObject({ option: 'folder', message: expect.stringContaining('holds multilingual-e5-small') as string });
    const embedder = await createEmbedder('onnx', { folder, store: false });
    expect(embedder).toMatchObject({ name: 'multilingual-e5-small', maxTokens: 512 });
    await embedder.dispose!();
  });

  it('says that texts are needed where there are neither texts nor words', async () => {
    await writeModelFolder(join(cache, 'model'));
    const embedder = await createEmbedder('bge-m3', { folder: join(cache, 'model'), store: false });
    await expect(embedder.embedDocuments({ languageIndex: 0 })).rejects.toMatchObject({ constructor: InvalidOptionError, advice: expect.stringContaining('aligned') as string });
    await embedder.dispose!();
  });

  it('asks a server for each text once, across embedders', async () => {
    const server = await ProtocolServer.start();
    try {
      const options = { baseUrl: server.baseUrl, model: 'm', dimensions: 16, store: join(cache, 'store'), batchTexts: 2 };
      const first = await createEmbedder('openai', options, {});
      const vectors = await first.embedTexts(['a', 'b', 'c']);
      expect(server.calls).toHaveLength(2);
      const second = await createEmbedder('openai', options, {});
      expect(await second.embedTexts(['a', 'b', 'c'])).toEqual(vectors);
      expect(server.calls).toHaveLength(2);
    } finally {
      await server.close();
    }
  });

  it('refuses unknown options of embedder and model alike', async () => {
    await expect(createEmbedder('openai', { model: 'm', baseUrl: 'http://localhost/v1', dimensions: 2, batchTokens: 0 }, {})).rejects.toMatchObject({ option: 'batchTokens' });
    await expect(createEmbedder('openai', { model: 'm', baseUrl: 'http://localhost/v1', dimensions: 2, tokens: 1 }, {})).rejects.toMatchObject({ option: 'tokens' });
    await expect(createEmbedder('precomputed', {})).rejects.toMatchObject({ option: 'folder' });
  });
});
