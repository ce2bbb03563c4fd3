import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddingStore, type Precision } from './embedding-store';

const FACTS = { name: 'm', dimensions: 3, fingerprint: 'f' };
const matrix = (...data: number[]) => ({ rows: data.length / 3, columns: 3, data: Float32Array.from(data) });

describe('EmbeddingStore', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'xtm-store-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function keep(texts: string[], vectors: ReturnType<typeof matrix>, precision?: Precision): Promise<void> {
    await new EmbeddingStore(root, FACTS, precision).append(texts, vectors);
  }

  async function read(texts: string[], facts = FACTS, precision?: Precision) {
    const out = { rows: texts.length, columns: 3, data: new Float32Array(texts.length * 3) };
    return { missing: await new EmbeddingStore(root, facts, precision).fill(texts, out), data: Array.from(out.data) };
  }

  async function segment(): Promise<string> {
    const names = await readdir(root, { recursive: true });
    return join(root, names.find((name) => name.endsWith('.bin'))!);
  }

  it('gives back what other processes kept, wherever a text stands, and names what is missing', async () => {
    await keep(['a', 'b'], matrix(1, 2, 3, 4, 5, 6));
    await keep(['c'], matrix(7, 8, 9));
    expect(await read(['c', 'x', 'b', 'b', ''])).toEqual({
      missing: [1, 4],
      data: [7, 8, 9, 0, 0, 0, 4, 5, 6, 4, 5, 6, 0, 0, 0],
    });
  });

  it('never takes vectors of one length for those of another, whatever the model calls itself', async () => {
    await keep(['a'], matrix(1, 2, 3));
    const shorter = { rows: 1, columns: 2, data: new Float32Array(2) };
    expect(await new EmbeddingStore(root, { ...FACTS, dimensions: 2 }).fill(['a'], shorter)).toEqual([0]);
  });

  it('tells models and precisions apart', async () => {
    await keep(['a'], matrix(1, 2, 3));
    expect((await read(['a'], { ...FACTS, fingerprint: 'g' })).missing).toEqual([0]);
    expect((await read(['a'], FACTS, 'float16')).missing).toEqual([0]);
  });

  it('takes half the space in half precision', async () => {
    await keep(['a'], matrix(1, 0.1, -3), 'float16');
    expect((await readFile(await segment())).length).toBe(16 + 3 * 2 + 4);
    const { missing, data } = await read(['a'], FACTS, 'float16');
    expect(missing).toEqual([]);
    expect(data[1]).toBeCloseTo(0.1, 4);
  });

  it('ignores a record cut short by a kill and records that were damaged', async () => {
    await keep(['a', 'b', 'c'], matrix(1, 2, 3, 4, 5, 6, 7, 8, 9));
    const file = await segment();
    await truncate(file, 3 * 32 - 5);
    expect((await read(['a', 'b', 'c'])).missing).toEqual([2]);
    const bytes = await readFile(file);
    bytes[20]! ^= 1;
    await writeFile(file, bytes);
    expect((await read(['a', 'b', 'c'])).missing).toEqual([0, 2]);
    await keep(['c', 'a'], matrix(7, 8, 9, 1, 2, 3));
    expect(await read(['a', 'b', 'c'])).toEqual({ missing: [], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  });

  it('reads more records than it holds at a time', async () => {
    const texts = Array.from({ length: 2_503 }, (_, index) => `t${index}`);
    await keep(texts, matrix(...texts.flatMap((_, index) => [index, 0, 1])));
    const { missing, data } = await read(texts);
    expect(missing).toEqual([]);
    expect(data[2_502 * 3]).toBe(2_502);
  });

  it('keeps appends in order when they come at the same time', async () => {
    const store = new EmbeddingStore(root, FACTS);
    await Promise.all(['a', 'b', 'c'].map((text, index) => store.append([text], matrix(index, index, index))));
    expect((await read(['c', 'a'])).data).toEqual([2, 2, 2, 0, 0, 0]);
  });
});
