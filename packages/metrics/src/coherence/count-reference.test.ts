import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AbortedError, DataFormatError, MissingFileError } from '@xtm/contracts';
import { temporaryFolder } from '../testing/temporary-folder';
import { countReference } from './count-reference';
import { readDocumentPairs, readReferenceConfig } from './reference-files';
import { indexReference, loadReferenceIndex, saveReferenceIndex } from './reference-index';

async function collect(files: readonly [string, string]): Promise<(readonly [string, string])[]> {
  const pairs: (readonly [string, string])[] = [];
  await readDocumentPairs([files], (pair) => pairs.push(pair));
  return pairs;
}

describe('readDocumentPairs', () => {
  it('pairs the lines of a plain and a compressed file, with or without a last line feed', async () => {
    await using folder = await temporaryFolder();
    const files = [join(folder.path, 'en.txt'), join(folder.path, 'zh.gz')] as const;
    await writeFile(files[0], 'one\n\nthree');
    await writeFile(files[1], gzipSync('一\n二\n三\n'));
    expect(await collect(files)).toEqual([['one', '一'], ['', '二'], ['three', '三']]);
  });

  it('keeps characters whole that fall across the blocks read', async () => {
    await using folder = await temporaryFolder();
    const files = [join(folder.path, 'en.txt'), join(folder.path, 'zh.txt')] as const;
    const text = '词'.repeat(100_000);
    await writeFile(files[0], 'x\n');
    await writeFile(files[1], text);
    expect(await collect(files)).toEqual([['x', text]]);
  });

  it('says which file ends first, and where', async () => {
    await using folder = await temporaryFolder();
    const files = [join(folder.path, 'en.txt'), join(folder.path, 'zh.txt')] as const;
    await writeFile(files[0], 'a\nb\nc\n');
    await writeFile(files[1], 'a\nb\n');
    await expect(collect(files)).rejects.toMatchObject({ code: 'DATA_FORMAT', place: { file: files[1], line: 3 } });
  });

  it('refuses missing files, damaged compression and text that is no UTF-8', async () => {
    await using folder = await temporaryFolder();
    const good = join(folder.path, 'good.txt');
    const bad = join(folder.path, 'bad.txt');
    await writeFile(good, 'a\n');
    await expect(collect([good, join(folder.path, 'none')])).rejects.toBeInstanceOf(MissingFileError);
    await writeFile(bad, gzipSync('a longer text that does not fit into its half\n').subarray(0, 30));
    await expect(collect([good, bad])).rejects.toThrow('compressed data is damaged');
    await writeFile(bad, Uint8Array.of(0x61, 0xff, 0x0a));
    await expect(collect([good, bad])).rejects.toThrow('is not UTF-8');
  });

  it('reports bytes up to the last, and stops on the signal', async () => {
    await using folder = await temporaryFolder();
    const files = [join(folder.path, 'en.txt'), join(folder.path, 'zh.txt')] as const;
    await Promise.all(files.map((file) => writeFile(file, 'a\n'.repeat(1000))));
    const topics = { first: [['a']], second: [['a']] };
    const controller = new AbortController();
    const seen: number[] = [];
    await countReference(topics, [files], { onProgress: ({ done, total }) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    const stopped = countReference(topics, [files, files], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('readReferenceConfig', () => {
  it('finds the files from a folder above the configuration, as the public tool lays them out', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'configs/ref_corpus'), { recursive: true });
    await mkdir(join(folder.path, 'ref_corpus'));
    for (const name of ['en.txt', 'zh.txt']) await writeFile(join(folder.path, 'ref_corpus', name), 'a\n');
    const config = join(folder.path, 'configs/ref_corpus/en_zh.yaml');
    await writeFile(
      config,
      'parallel_corpus_tuples:\n    -\n      - ./ref_corpus/en.txt\n      - ./ref_corpus/zh.txt\n',
    );
    expect(await readReferenceConfig(config)).toEqual([
      [join(folder.path, 'ref_corpus/en.txt'), join(folder.path, 'ref_corpus/zh.txt')],
    ]);
  });

  it.each([
    ['no YAML', 'a: [', DataFormatError],
    ['another key', 'files: []', DataFormatError],
    ['a single file', 'parallel_corpus_tuples: [[a.txt]]', DataFormatError],
    ['a file that is not there', 'parallel_corpus_tuples: [[a.txt, b.txt]]', MissingFileError],
  ])('refuses %s', async (_, text, failure) => {
    await using folder = await temporaryFolder();
    const config = join(folder.path, 'config.yaml');
    await writeFile(config, text);
    await expect(readReferenceConfig(config)).rejects.toBeInstanceOf(failure);
  });
});

describe('a saved reference index', () => {
  async function indexed(folder: string) {
    const files = [join(folder, 'en.txt'), join(folder, 'zh.txt')] as const;
    await writeFile(files[0], 'a b\nb\nc b\na a\n');
    await writeFile(files[1], 'x\ny\nx\nx y\n');
    return indexReference([['a', 'b', 'none'], ['x', 'y']], [files]);
  }

  it('comes back as it was', async () => {
    await using folder = await temporaryFolder();
    const index = await indexed(folder.path);
    const file = join(folder.path, 'counts.gz');
    await saveReferenceIndex(file, index);
    expect(await loadReferenceIndex(file)).toEqual(index);
    expect(await readdir(folder.path)).not.toContain('counts.gz.unfinished');
    expect([
      index.documents,
      index.wordCount(0, 'b'),
      index.wordCount(0, 'none'),
      index.pairDocuments('a', 'x'),
    ]).toEqual([4, 3, 0, 2]);
  });

  it('refuses words that were not indexed', async () => {
    await using folder = await temporaryFolder();
    const index = await indexed(folder.path);
    expect(() => index.wordCount(1, 'c')).toThrow('"c" is not among the words');
  });

  it('is refused when cut short or of another format', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'counts.gz');
    const header = JSON.stringify({
      format: 'xtm-reference-index',
      version: 1,
      counting: 'documents',
      documents: 1,
      words: [1, 0],
    });
    await writeFile(file, `${header}\n`);
    await expect(loadReferenceIndex(file)).rejects.toThrow('cut short');
    await writeFile(file, `${header}\n{"side":2}\n`);
    await expect(loadReferenceIndex(file)).rejects.toMatchObject({ place: { line: 2 } });
    await writeFile(file, '');
    await expect(loadReferenceIndex(file)).rejects.toThrow('cut short');
  });
});
