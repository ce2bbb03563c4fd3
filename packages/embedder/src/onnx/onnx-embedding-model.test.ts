import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortedError,
  BackendError,
  DataFormatError,
  type DenseMatrix,
  type EmbeddingModel,
  InvalidOptionError,
  MissingFileError,
} from '@xtm/contracts';
import { embedAll } from '../embed-all';
import {
  type ModelFolderOptions,
  referenceEncoder,
  TINY_SHAPE,
  type WeightSource,
  writeModelFolder,
} from '../testing';
import { OnnxGraph } from '../testing/tiny-model/onnx-graph';
import tokenizerJson from '../testing/tokenizer/tokenizer.json';
import { type OnnxModelOptions, openOnnxModel } from './onnx-embedding-model';
import { TextTokenizer } from './text-tokenizer';

const TEXTS = ['The price rose 3.5 % in 2014.', '', '今天天气很好，我们去公园。', 'A small camera.', 'Zürich 😀 naïve '.repeat(9), 'camera'];
const TOLERANCE = 1e-5;
const tokenizer = TextTokenizer.parse(tokenizerJson);
const idsOf = (text: string): number[] => [...tokenizer.opening, ...tokenizer.encode(text), ...tokenizer.closing];

function row({ data, columns }: DenseMatrix, index: number): number[] {
  return Array.from(data.subarray(index * columns, (index + 1) * columns));
}

function unit(vector: ArrayLike<number>): number[] {
  const length = Math.hypot(...Array.from(vector));
  return Array.from(vector, (value) => value / length);
}

function meanOf(vectors: readonly ArrayLike<number>[]): number[] {
  return Array.from(vectors[0]!, (_, c) => vectors.reduce((sum, vector) => sum + vector[c]!, 0) / vectors.length);
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = TOLERANCE): void {
  expect(found.length).toBe(expected.length);
  const worst = Array.from(found).reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(worst).toBeLessThan(tolerance);
}

describe('openOnnxModel', () => {
  let root: string;
  let weights: WeightSource;
  let plain: EmbeddingModel;
  const opened: EmbeddingModel[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'xtm-onnx-'));
    weights = await writeModelFolder(join(root, 'plain'));
    plain = await open('plain');
  });

  afterAll(async () => {
    await Promise.all(opened.map((model) => model.dispose!()));
    await rm(root, { recursive: true, force: true });
  });

  async function open(name: string, options: Partial<OnnxModelOptions> = {}): Promise<EmbeddingModel> {
    const model = await openOnnxModel({ folder: join(root, name), ...options });
    opened.push(model);
    return model;
  }

  async function make(name: string, options: ModelFolderOptions, settings: Partial<OnnxModelOptions> = {}): Promise<EmbeddingModel> {
    await writeModelFolder(join(root, name), options);
    return open(name, settings);
  }

  const states = (text: string) => referenceEncoder(TINY_SHAPE, weights, idsOf(text));

  it('gives the vectors of a plain computation with the same weights', async () => {
    const vectors = await plain.embed(TEXTS);
    expect(vectors).toMatchObject({ rows: TEXTS.length, columns: 32 });
    TEXTS.forEach((text, index) => expectClose(row(vectors, index), unit(states(text)[0]!)));
  });

  it('gives the same vector alone, in a batch and with any padding, in the order of the texts', async () => {
    const together = await plain.embed(TEXTS);
    for (const [index, text] of TEXTS.entries()) expectClose((await plain.embed([text])).data, row(together, index));
    const reversed = await plain.embed([...TEXTS, 'word '.repeat(700)].reverse());
    TEXTS.forEach((_, index) => expectClose(row(reversed, TEXTS.length - index), row(together, index)));
    const stored = await embedAll(plain, TEXTS, { batches: { batchTexts: 2 } });
    expectClose(stored.data, together.data);
  });

  it('reads 8,192 tokens at once', async () => {
    expect(plain.maxTokens).toBe(8_192);
    const text = 'camera '.repeat(9_000);
    const truncating = await open('plain', { truncate: true });
    expect(Array.from(await truncating.countTokens!([text]))).toEqual([8_192]);
    const vector = Array.from((await truncating.embed([text])).data);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    const shorter = await open('plain', { truncate: true, maxTokens: 8_000 });
    expect(Array.from((await shorter.embed([text])).data)).not.toEqual(vector);
  }, 60_000);

  it('averages overlapping pieces of a long text, and only the first where asked', async () => {
    const text = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen';
    const ids = tokenizer.encode(text);
    const cut = { maxTokens: 12, overlap: 4 };
    const wrap = (from: number): readonly number[] => [...tokenizer.opening, ...ids.slice(from, from + 10), ...tokenizer.closing];
    const starts = Array.from({ length: Math.ceil((ids.length - 10) / 6) }, (_, index) => index * 6);
    const pieces = [...starts, ids.length - 10].map((start) => unit(referenceEncoder(TINY_SHAPE, weights, wrap(start))[0]!));
    expectClose((await (await open('plain', cut)).embed([text])).data, unit(meanOf(pieces)));
    expectClose((await (await open('plain', { ...cut, truncate: true })).embed([text])).data, pieces[0]!);
  });

  it('puts the prefix before every piece of a long text', async () => {
    const text = 'one two three four five six seven eight nine ten';
    const [prefix, ids] = [tokenizer.encode('query: '), tokenizer.encode(`query: ${text}`)];
    const shared = prefix.filter((id, index) => id === ids[index]);
    const room = 18 - 2 - shared.length;
    const content = ids.slice(shared.length);
    expect(content.length).toBeGreaterThan(room);
    expect(content.length).toBeLessThan(2 * room);
    const pieces = [content.slice(0, room), content.slice(-room)].map((piece) => unit(referenceEncoder(TINY_SHAPE, weights, [...tokenizer.opening, ...shared, ...piece, ...tokenizer.closing])[0]!));
    expectClose((await (await open('plain', { maxTokens: 18, overlap: 0, prefix: 'query: ' })).embed([text])).data, unit(meanOf(pieces)));
  });

  it('pools by the mean, keeps lengths and adds prefixes as told', async () => {
    const mean = await open('plain', { pooling: 'mean', normalise: false, prefix: 'query: ' });
    expectClose(row(await mean.embed(['A small camera.', 'camera '.repeat(30)]), 0), meanOf(states('query: A small camera.')), 1e-4);
  });

  it.each([
    ['weights in a file beside the graph', { weights: 'external' }],
    ['hidden states by the name token_embeddings, beside pooled vectors', { outputs: ['sentence_embedding', 'token_embeddings'] }],
    ['pooled vectors only', { outputs: ['dense_vecs'] }],
    ['the graph in a folder onnx', { graph: 'onnx/model.onnx', weights: 'external' }],
    ['a graph of any name', { graph: 'encoder.onnx' }],
  ] as const)('reads %s', async (name, options) => {
    const model = await make(name, options);
    expectClose((await model.embed(TEXTS)).data, (await plain.embed(TEXTS)).data);
  });

  it('reads quantised graphs', async () => {
    const model = await make('quantised', { graph: 'onnx/model_quantized.onnx', weights: 'quantised' });
    const [vectors, exact] = [await model.embed(TEXTS), await plain.embed(TEXTS)];
    TEXTS.forEach((_, index) => {
      const cosine = row(vectors, index).reduce((sum, value, c) => sum + value * row(exact, index)[c]!, 0);
      expect(cosine).toBeGreaterThan(0.98);
    });
    expectCloseButNotEqual(vectors.data, exact.data);
  });

  function expectCloseButNotEqual(found: Float32Array, exact: Float32Array): void {
    expect(found.some((value, i) => Math.abs(value - exact[i]!) > 1e-4)).toBe(true);
  }

  it('takes pooling, prompt and length limit from a sentence_transformers folder', async () => {
    const folder = join(root, 'sentence-transformers');
    await writeModelFolder(folder, { graph: 'onnx/model.onnx', pooling: 'mean' });
    await writeFile(join(folder, 'sentence_bert_config.json'), JSON.stringify({ max_seq_length: 128 }));
    const model = await open('sentence-transformers');
    expect(model.maxTokens).toBe(128);
    expectClose((await model.embed(['A small camera.'])).data, unit(meanOf(states('A small camera.'))));
    await writeFile(join(folder, 'config_sentence_transformers.json'), JSON.stringify({ prompts: { query: 'query: ', passage: 'passage: ' }, default_prompt_name: 'query' }));
    const prompted = await open('sentence-transformers');
    expectClose((await prompted.embed(['A small camera.'])).data, unit(meanOf(states('query: A small camera.'))));
    const plainly = await open('sentence-transformers', { prefix: '' });
    expectClose((await plainly.embed(['A small camera.'])).data, unit(meanOf(states('A small camera.'))));
    expect(new Set([model.fingerprint, prompted.fingerprint, plainly.fingerprint]).size).toBe(2);
  });

  it('takes the graph of the precision that is asked for', async () => {
    const folder = join(root, 'precisions');
    await writeModelFolder(folder, { graph: 'onnx/model.onnx' });
    await writeModelFolder(folder, { graph: 'onnx/model_quantized.onnx', seed: 2 });
    const [standard, exact, quantised] = [await open('precisions'), await open('precisions', { precision: 'float32' }), await open('precisions', { precision: 'int8' })];
    expect(exact.fingerprint).toBe(standard.fingerprint);
    expect(quantised.fingerprint).not.toBe(standard.fingerprint);
    await expect(openOnnxModel({ folder: join(root, 'plain'), precision: 'int8' })).rejects.toMatchObject({ option: 'precision', message: expect.stringContaining('only model.onnx') as string });
    await expect(openOnnxModel({ folder, precision: 'int8', graph: 'onnx/model.onnx' })).rejects.toMatchObject({ option: 'precision' });
    await expect(openOnnxModel({ folder, precision: 'float16' as 'int8' })).rejects.toThrow('storePrecision');
  });

  it('counts the positions of a BERT from the first, those of the RoBERTa family from the padding on', async () => {
    await writeModelFolder(join(root, 'positions'), {});
    for (const [type, longest] of [['bert', 512], ['xlm-roberta', 510]] as const) {
      await writeFile(join(root, 'positions', 'config.json'), JSON.stringify({ model_type: type, max_position_embeddings: 512, pad_token_id: 1 }));
      expect((await open('positions')).maxTokens).toBe(longest);
    }
  });

  it('asks which graph is meant where there are several', async () => {
    const folder = join(root, 'several');
    await writeModelFolder(folder, { graph: 'one.onnx' });
    await writeModelFolder(folder, { graph: 'two.onnx', seed: 2 });
    await expect(openOnnxModel({ folder })).rejects.toMatchObject({ option: 'graph', message: expect.stringContaining('one.onnx, two.onnx') as string });
    expectClose((await (await open('several', { graph: 'one.onnx' })).embed(TEXTS)).data, (await plain.embed(TEXTS)).data);
  });

  it('has a fingerprint for what decides the vectors, and for nothing else', async () => {
    const fingerprint = async (options: Partial<OnnxModelOptions>): Promise<string> => (await open('plain', options)).fingerprint;
    expect(await fingerprint({ threads: 1, name: 'other' })).toBe(plain.fingerprint);
    const others = await Promise.all([fingerprint({ pooling: 'mean' }), fingerprint({ normalise: false }), fingerprint({ maxTokens: 100 }), fingerprint({ prefix: 'a' })]);
    const otherWeights = (await make('other', { seed: 2 })).fingerprint;
    const otherData = (await make('other-data', { seed: 2, weights: 'external' })).fingerprint;
    expect(new Set([plain.fingerprint, otherWeights, otherData, ...others]).size).toBe(7);
  });

  it('stops when the caller does', async () => {
    await expect(plain.embed(TEXTS, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
  });

  describe('says what is wrong', () => {
    it.each([
      ['model.onnx', 'no graph'],
      ['tokenizer.json', 'no tokenizer'],
    ])('when %s is missing', async (file, name) => {
      await writeModelFolder(join(root, name));
      await rm(join(root, name, file));
      await expect(openOnnxModel({ folder: join(root, name) })).rejects.toMatchObject({ constructor: MissingFileError, file: join(root, name, file) });
    });

    it('when the graph, its weights file or the tokenizer is damaged', async () => {
      const folder = join(root, 'damaged');
      await writeModelFolder(folder, { weights: 'external' });
      await rename(join(folder, 'model.onnx_data'), join(folder, 'elsewhere'));
      await expect(openOnnxModel({ folder })).rejects.toMatchObject({ constructor: DataFormatError, advice: expect.stringContaining('model.onnx_data') as string });
      await writeFile(join(folder, 'model.onnx'), 'half a graph');
      await expect(openOnnxModel({ folder })).rejects.toBeInstanceOf(DataFormatError);
      await writeFile(join(folder, 'tokenizer.json'), '{"model":');
      await expect(openOnnxModel({ folder })).rejects.toMatchObject({ place: { file: join(folder, 'tokenizer.json') } });
    });

    it('when nothing says how tokens are pooled', async () => {
      const folder = join(root, 'unsaid');
      await writeModelFolder(folder, { pooling: 'unsaid' });
      await expect(openOnnxModel({ folder })).rejects.toMatchObject({ constructor: InvalidOptionError, option: 'pooling', message: expect.stringContaining('1_Pooling/config.json') as string, advice: expect.stringContaining('multilingual-e5-small') as string });
      await mkdir(join(folder, '1_Pooling'));
      await writeFile(join(folder, '1_Pooling/config.json'), JSON.stringify({ pooling_mode_lasttoken: true }));
      await expect(openOnnxModel({ folder })).rejects.toMatchObject({ option: 'pooling' });
      expectClose((await (await open('unsaid', { pooling: 'cls' })).embed(TEXTS)).data, (await plain.embed(TEXTS)).data);
      expect((await make('pooled-itself', { outputs: ['dense_vecs'], pooling: 'unsaid' })).dimensions).toBe(32);
    });

    it.each([
      ['pixel_values', 'last_hidden_state'],
      ['input_ids', 'logits'],
    ])('when the graph is no encoder: %s to %s', async (input, output) => {
      const folder = join(root, `no-encoder-${input}`);
      await writeModelFolder(folder);
      const graph = new OnnxGraph();
      graph.node('Cast', [input], { to: 1 }, output);
      const axes = ['texts', 'tokens'];
      await writeFile(join(folder, 'model.onnx'), graph.finish([{ name: input, type: 'int64', shape: axes }], [{ name: output, type: 'float32', shape: axes }]));
      await expect(openOnnxModel({ folder })).rejects.toMatchObject({ constructor: DataFormatError, message: expect.stringContaining(`not a sentence encoder: it takes ${input} and gives ${output}`) as string, advice: expect.stringContaining('last_hidden_state') as string });
    });

    it('when options do not fit the model or do not exist', async () => {
      const folder = join(root, 'plain');
      for (const options of [{ maxTokens: 9_000 }, { maxTokens: 20, overlap: 18 }, { pooling: 'max' }, { layers: 3 }]) {
        await expect(openOnnxModel({ folder, ...options } as OnnxModelOptions)).rejects.toBeInstanceOf(InvalidOptionError);
      }
    });

    it('when the execution provider is not there', async () => {
      await expect(openOnnxModel({ folder: join(root, 'plain'), executionProvider: 'dml' })).rejects.toBeInstanceOf(BackendError);
    });
  });
});
