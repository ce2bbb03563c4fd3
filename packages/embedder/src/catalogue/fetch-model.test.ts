import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, EndpointError, InvalidOptionError, type Progress } from '@xtm/contracts';
import type { ServerFault } from '@xtm/data/testing';
import { openOnnxModel } from '../onnx/onnx-embedding-model';
import { writeModelFolder } from '../testing';
import { HubServer } from '../testing/hub-server';
import { fetchModel, type FetchModelOptions, modelFolder } from './fetch-model';
import { findEncoders } from './find-encoders';

const BIG = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
const FILES = new Map([
  ['README.md', Buffer.from('read me')],
  ['config.json', Buffer.from('{}')],
  ['onnx/model.onnx', Buffer.from('graph')],
  ['onnx/model.onnx_data', BIG],
  ['onnx/model_quantized.onnx', Buffer.from('another graph')],
  ['onnx/tokenizer.json', Buffer.from('{"model": {}}')],
  ['pytorch_model.bin', Buffer.from('not needed')],
]);
const RECORD = 'xtm-encoder.json';
const WANTED = ['config.json', 'onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/tokenizer.json'];

describe('fetchModel', () => {
  let folder: string;
  let hub: HubServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xtm-fetch-'));
    hub = await HubServer.start('BAAI/bge-m3', FILES);
  });

  afterEach(async () => {
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  });

  function fetchAll(options: FetchModelOptions = {}, run = {}): Promise<string> {
    return fetchModel(
      'bge-m3',
      { baseUrl: hub.baseUrl, folder, attempts: 3, retryDelay: 1, stallTimeout: 300, ...options },
      run,
    );
  }

  async function filesIn(place = folder): Promise<string[]> {
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
      .sort();
  }

  async function expectWhole(): Promise<void> {
    const place = modelFolder('bge-m3', folder);
    expect(await filesIn(place)).toEqual([...WANTED, RECORD]);
    for (const path of WANTED) expect((await readFile(join(place, path))).equals(FILES.get(path)!)).toBe(true);
  }

  /** The faults hit the largest file: the third one fetched. */
  function spoilBigFile(...faults: ServerFault[]): void {
    hub.fileFaults = [undefined, undefined, ...faults];
  }

  it('fetches what the model needs and nothing else, and shows how far it is', async () => {
    const seen: Progress[] = [];
    expect(await fetchAll({}, { onProgress: (progress: Progress) => seen.push(progress) })).toBe(
      join(folder, 'BAAI--bge-m3'),
    );
    await expectWhole();
    const total = WANTED.reduce((sum, path) => sum + FILES.get(path)!.length, 0);
    expect(seen.at(-1)).toMatchObject({ done: total, total });
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
    expect(
      seen.some(({ stage, figures }) => stage === 'fetching onnx/model.onnx_data' && figures!.secondsLeft! >= 0),
    ).toBe(true);
  });

  it('fetches nothing again, but mends a file that was changed', async () => {
    const place = await fetchAll();
    hub.requests.length = 0;
    await fetchAll();
    expect(hub.requests).toHaveLength(1);
    await writeFile(join(place, 'onnx/model.onnx'), 'grapf');
    await fetchAll();
    expect(hub.requests.slice(2).map(({ path }) => path)).toEqual(['/BAAI/bge-m3/resolve/main/onnx/model.onnx']);
    await expectWhole();
  });

  it('goes on where broken connections stopped, more often than the limit of attempts without progress', async () => {
    spoilBigFile(
      { kind: 'cut', after: 50_000 },
      { kind: 'cut', after: 50_000 },
      { kind: 'stall', after: 20_000 },
      { kind: 'cut', after: 30_000 },
      { kind: 'cut', after: 10_000 },
    );
    await fetchAll();
    await expectWhole();
    const ranges = hub.requests.filter(({ path }) => path.endsWith('model.onnx_data')).map(({ range }) => range);
    expect(ranges).toHaveLength(6);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.slice(1).every((range) => /^bytes=\d+-$/.test(range!))).toBe(true);
  });

  it('goes on in a later call', async () => {
    spoilBigFile(
      { kind: 'cut', after: 120_000 },
      { kind: 'status', status: 500 },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 500 },
    );
    await expect(fetchAll()).rejects.toBeInstanceOf(EndpointError);
    expect(await filesIn()).toContain('BAAI--bge-m3/onnx/model.onnx_data.part');
    await fetchAll();
    await expectWhole();
    expect(hub.requests.at(-2)!.range).toBe('bytes=120000-');
  });

  it('starts anew with servers that know no ranges', async () => {
    hub.ranges = false;
    spoilBigFile({ kind: 'cut', after: 120_000 });
    await fetchAll();
    await expectWhole();
  });

  it('starts anew when what it went on with was wrong', async () => {
    const place = await fetchAll();
    await rm(join(place, 'onnx/model.onnx_data'));
    await writeFile(join(place, 'onnx/model.onnx_data.part'), Buffer.alloc(1_000, 1));
    await fetchAll();
    await expectWhole();
  });

  it.each([
    ['damage', 'checksum'],
    ['longer', 'more than the 200000 bytes'],
  ] as const)('gives one clear error and leaves no half file when the server sends %s', async (kind, problem) => {
    spoilBigFile({ kind }, { kind }, { kind });
    const error = await fetchAll().catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      constructor: EndpointError,
      failure: 'invalidReply',
      message: expect.stringContaining(problem) as string,
      advice: expect.any(String) as string,
    });
    expect(await filesIn()).not.toContain('BAAI--bge-m3/onnx/model.onnx_data');
  });

  it('is not taken in by a length that is too short', async () => {
    spoilBigFile({ kind: 'shorter' }, { kind: 'shorter' });
    await fetchAll();
    await expectWhole();
    spoilBigFile();
    await rm(join(modelFolder('bge-m3', folder), 'onnx/model.onnx_data'));
    hub.ranges = false;
    hub.fileFaults = [{ kind: 'shorter' }, { kind: 'shorter' }, { kind: 'shorter' }, { kind: 'shorter' }];
    await expect(fetchAll()).rejects.toMatchObject({
      failure: 'network',
      message: expect.stringContaining('bytes early') as string,
    });
    expect(await filesIn()).not.toContain('BAAI--bge-m3/onnx/model.onnx_data');
  });

  it('says what to do when there is no network, no such model, no listing or no access', async () => {
    await expect(fetchAll({ baseUrl: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      failure: 'network',
      advice: expect.stringContaining('aligned') as string,
    });
    hub.listingFaults = [{ kind: 'page' }];
    await expect(fetchAll()).rejects.toMatchObject({ failure: 'invalidReply' });
    hub.listingFaults = [{ kind: 'status', status: 401 }];
    await expect(fetchAll()).rejects.toMatchObject({ failure: 'unauthorised', status: 401 });
    await expect(fetchAll({ revision: 'other' })).rejects.toMatchObject({ failure: 'notFound', status: 404 });
    await expect(fetchAll({ graph: 'onnx/none.onnx' })).rejects.toMatchObject({
      failure: 'notFound',
      advice: expect.stringContaining('onnx/model_quantized.onnx') as string,
    });
    await expect(fetchModel('unheard-of', { folder })).rejects.toBeInstanceOf(InvalidOptionError);
    await expect(fetchAll({ precision: 'int8' })).rejects.toMatchObject({
      option: 'precision',
      message: expect.stringContaining('bge-m3 in float32 only') as string,
    });
    await expect(fetchModel('bge-m4', { folder })).rejects.toMatchObject({
      advice: expect.stringContaining('xtm models list') as string,
    });
    expect(await filesIn()).toEqual([]);
  });

  it('fetches the graph of 8 bits by choice, beside another that is there, and notes what the folder holds', async () => {
    const own = await HubServer.start('Xenova/multilingual-e5-small', FILES);
    const options = { baseUrl: own.baseUrl, folder, retryDelay: 1 };
    const place = await fetchModel('multilingual-e5-small', { ...options, precision: 'int8' });
    expect(await filesIn(place)).toEqual(['config.json', 'onnx/model_quantized.onnx', 'onnx/tokenizer.json', RECORD]);
    expect(JSON.parse(await readFile(join(place, RECORD), 'utf8'))).toEqual({
      model: 'multilingual-e5-small',
      repository: 'Xenova/multilingual-e5-small',
      revision: 'main',
    });
    expect(await findEncoders(folder)).toMatchObject([
      { name: 'multilingual-e5-small', folder: place, precisions: ['int8'], dimensions: 384 },
    ]);
    await fetchModel('Xenova/multilingual-e5-small', options);
    expect(await findEncoders(folder)).toMatchObject([{ precisions: ['float32', 'int8'] }]);
    await own.close();
  });

  it('tries again after errors of the server, and stops when the caller does', async () => {
    hub.listingFaults = [{ kind: 'status', status: 503 }, { kind: 'status', status: 429 }];
    await fetchAll();
    await expectWhole();
    await rm(modelFolder('bge-m3', folder), { recursive: true });
    spoilBigFile({ kind: 'stall', after: 1_000 });
    const pending = fetchAll({ stallTimeout: 60_000 }, { signal: AbortSignal.timeout(300) });
    await expect(pending).rejects.toBeInstanceOf(AbortedError);
  });

  it('gives a folder that opens as a model', async () => {
    const source = join(folder, 'source');
    await writeModelFolder(source, { graph: 'onnx/model.onnx', weights: 'external' });
    const files = await Promise.all(
      (await filesIn(source)).map(async (path) => [path, await readFile(join(source, path))] as const),
    );
    const own = await HubServer.start('me/tiny', new Map(files));
    const place = await fetchModel('me/tiny', { baseUrl: own.baseUrl, folder });
    const model = await openOnnxModel({ folder: place });
    expect((await model.embed(['a text'])).columns).toBe(32);
    await model.dispose!();
    await own.close();
  });
});
