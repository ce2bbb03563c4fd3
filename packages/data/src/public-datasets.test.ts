import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { EndpointError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { loadDataset } from './dataset/load-dataset';
import { writeSparseMatrix } from './npy/sparse-matrix-file';
import {
  fetchDataset,
  type FetchDatasetOptions,
  findPublicDataset,
  type PublicDataset,
  publicDatasets,
  verifyDataset,
  wikiCompReference,
} from './public-datasets';
import { sparseRows } from './sparse/sparse-rows';
import { FileServer, type ServerFault, temporaryFolder, type TemporaryFolder } from './testing';

const rows = Buffer.from(
  writeSparseMatrix(
    sparseRows({
      rows: 2,
      columns: 3,
      indptr: Int32Array.from([0, 2, 3]),
      indices: Int32Array.from([0, 2, 1]),
      values: Float32Array.from([1, 2, 1]),
    }),
  ),
);
const FILES = new Map<string, Buffer>([
  ['Tiny/vocab_en', Buffer.from('sun\nrain\nwind\n')],
  ['Tiny/vocab_cn', Buffer.from('太阳\n雨\n风\n')],
  ['Tiny/train_bow_matrix_en.npz', rows],
  ['Tiny/train_bow_matrix_cn.npz', rows],
  ['Tiny/train_texts_en.txt', Buffer.from('sun wind\n'.repeat(20_000))],
  ['dict/words.dat', Buffer.from('太阳 sun\n雨 rain\n')],
]);

function tiny(baseUrl: string): PublicDataset {
  return {
    ...findPublicDataset('amazon-review'),
    folder: 'Tiny',
    dictionary: 'dict/words.dat',
    labels: {},
    sources: {
      loose: { about: '', repository: '', baseUrl: `${baseUrl}/published/` },
      packed: { about: '', repository: '', archive: `${baseUrl}/published/dict.zip` },
    },
    files: [...FILES].map(([path, content]) => ({
      path,
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      source: path.startsWith('dict') ? 'packed' : 'loose',
    })),
  };
}

let place: TemporaryFolder;
let server: FileServer;
let faults: Map<string, ServerFault[]>;

beforeEach(async () => {
  place = await temporaryFolder();
  faults = new Map();
  const archive = Buffer.from(zipSync(Object.fromEntries([...FILES].filter(([path]) => path.startsWith('dict')))));
  server = await FileServer.start((path) => {
    const file = path.replace(/^\/(published|mirror)\//, '');
    const content = path === '/published/dict.zip' ? archive : FILES.get(file);
    return content && { content, fault: faults.get(file)?.shift() };
  });
});

afterEach(async () => {
  await server.close();
  await place.remove();
});

const BIG = 'Tiny/train_texts_en.txt';

function fetchTiny(options: FetchDatasetOptions = {}): Promise<string> {
  return fetchDataset(tiny(server.baseUrl), place.path, { attempts: 2, retryDelay: 1, stallTimeout: 500, ...options });
}

async function expectWhole(): Promise<void> {
  expect((await verifyDataset(tiny(server.baseUrl), place.path)).map(({ state }) => state)).toEqual(
    [...FILES].map(() => 'whole'),
  );
}

describe('fetchDataset', () => {
  it('fetches from where files are published, out of an archive too, and leaves a dataset that loads by itself', async () => {
    const folder = await fetchTiny();
    await expectWhole();
    const { corpus, descriptor } = await loadDataset(folder);
    expect(corpus.languages.map(({ language }) => language)).toEqual([
      { code: 'en', suffix: 'en' },
      { code: 'zh-Hans', suffix: 'cn' },
    ]);
    expect(corpus.dictionary).toMatchObject({ first: Int32Array.from([0, 1]), second: Int32Array.from([0, 1]) });
    expect(descriptor.preset).toBe('amazon-review');
  });

  it('fetches from a mirror over broken connections, and only what is missing', async () => {
    faults.set(BIG, [
      { kind: 'cut', after: 60_000 },
      { kind: 'cut', after: 50_000 },
      { kind: 'stall', after: 20_000 },
    ]);
    const baseUrl = `${server.baseUrl}/mirror`;
    await fetchTiny({ baseUrl });
    await expectWhole();
    expect(
      server.requests.filter(({ path, range }) => path === `/mirror/${BIG}` && range !== undefined).length,
    ).toBeGreaterThanOrEqual(2);
    expect(server.requests.every(({ path }) => path.startsWith('/mirror/'))).toBe(true);
    server.requests.length = 0;
    writeFileSync(join(place.path, 'Tiny/vocab_en'), 'sun\nrain\nfog!\n');
    await fetchTiny({ baseUrl });
    expect(server.requests.map(({ path }) => path)).toEqual(['/mirror/Tiny/vocab_en']);
  });

  it.each(['Tiny/vocab_cn', BIG])('refuses %s with a wrong checksum and keeps nothing of it', async (path) => {
    faults.set(path, [{ kind: 'damage' }, { kind: 'damage' }]);
    await expect(fetchTiny({ baseUrl: `${server.baseUrl}/mirror/` })).rejects.toMatchObject({
      constructor: EndpointError,
      failure: 'invalidReply',
      message: expect.stringContaining('checksum') as string,
    });
    expect(existsSync(join(place.path, path))).toBe(false);
    expect(existsSync(join(place.path, `${path}.part`))).toBe(false);
  });

  it('refuses what an archive holds in place of a file', async () => {
    const wrong = tiny(server.baseUrl);
    const files = wrong.files.map((file) =>
      file.path.startsWith('dict') ? { ...file, sha256: '0'.repeat(64) } : file,
    );
    await expect(fetchDataset({ ...wrong, files }, place.path)).rejects.toMatchObject({
      failure: 'invalidReply',
      message: expect.stringContaining('checksum') as string,
    });
    expect(existsSync(join(place.path, 'dict/words.dat'))).toBe(false);
  });

  it('takes a folder as a mirror, and says what it lacks', async () => {
    const mirror = join(place.path, 'a mirror');
    for (const [path, content] of FILES) {
      mkdirSync(dirname(join(mirror, path)), { recursive: true });
      writeFileSync(join(mirror, path), content);
    }
    const baseUrl = pathToFileURL(mirror).href;
    await fetchTiny({ baseUrl });
    await expectWhole();
    expect(server.requests).toEqual([]);
    writeFileSync(join(mirror, 'Tiny/vocab_en'), 'sun\nrain\nfog!\n');
    writeFileSync(join(place.path, 'Tiny/vocab_en'), '');
    await expect(fetchTiny({ baseUrl })).rejects.toMatchObject({ failure: 'invalidReply' });
    await expect(fetchTiny({ baseUrl: pathToFileURL(join(place.path, 'nowhere')).href })).rejects.toBeInstanceOf(
      MissingFileError,
    );
  });

  it('refuses an address of another kind', async () => {
    await expect(fetchTiny({ baseUrl: 'ftp://example.org/' })).rejects.toBeInstanceOf(InvalidOptionError);
  });
});

describe('publicDatasets', () => {
  it.each(publicDatasets.map((dataset) => [dataset.name, dataset] as const))(
    '%s has all files that a model needs, each with a source',
    (_name, { languages, files, sources, dictionary, folder }) => {
      const paths = files.map(({ path }) => path);
      const needed = languages.flatMap(({ suffix }) => [
        `vocab_${suffix}`,
        `train_bow_matrix_${suffix}.npz`,
        `test_bow_matrix_${suffix}.npz`,
        `train_labels_${suffix}.txt`,
        `test_labels_${suffix}.txt`,
        `word2vec_${suffix}.npz`,
      ]);
      expect(paths).toEqual(expect.arrayContaining([dictionary, ...needed.map((name) => `${folder}/${name}`)]));
      expect(new Set(paths).size).toBe(paths.length);
      for (const { path, size, sha256, source } of files) {
        expect(path).toMatch(/^[\w-]+(\/[\w.-]+)+$/);
        expect(size).toBeGreaterThan(0);
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        const { baseUrl, archive } = sources[source]!;
        expect(baseUrl ?? archive).toMatch(
          /^https:\/\/raw\.githubusercontent\.com\/[\w.-]+\/[\w.-]+\/[0-9a-f]{40}\/.*(\/|\.zip)$/,
        );
      }
    },
  );

  it('is found by name or folder, and says how to get what cannot be fetched', () => {
    expect(findPublicDataset('ECNews')).toBe(findPublicDataset('ec-news'));
    expect(() => findPublicDataset('news')).toThrow('ec-news, amazon-review, rakuten-amazon');
    expect(() => findPublicDataset(wikiCompReference.name)).toThrow(
      expect.objectContaining({ advice: expect.stringContaining('git clone') as string }) as Error,
    );
  });
});

it('verifyDataset tells whole, damaged and missing files apart', async () => {
  await fetchTiny();
  const text = readFileSync(join(place.path, BIG));
  writeFileSync(join(place.path, BIG), text.fill(32, 0, 1));
  writeFileSync(join(place.path, 'Tiny/vocab_en'), 'short');
  const states = Object.fromEntries(
    (
      await verifyDataset(
        {
          ...tiny(server.baseUrl),
          files: [
            ...tiny(server.baseUrl).files,
            { path: 'Tiny/none', size: 1, sha256: '0'.repeat(64), source: 'loose' },
          ],
        },
        place.path,
      )
    ).map(({ path, state }) => [path, state]),
  );
  expect(states).toMatchObject({
    [BIG]: 'damaged',
    'Tiny/vocab_en': 'damaged',
    'Tiny/vocab_cn': 'whole',
    'Tiny/none': 'missing',
  });
});
