import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { temporaryFolder, type TemporaryFolder } from '../testing';
import { fixtureBytes, fixturePath } from '../testing/fixture';
import type { DocumentColumns, DocumentSource } from './document-source';
import { readDocuments } from './read-documents';

describe('readDocuments', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  const read = async (name: string, content: string | Uint8Array, source: Omit<DocumentSource, 'path'> = {}) => {
    const path = await folder.write(name, content);
    return readDocuments({ path, ...source });
  };

  it('reads one document per line, empty ones too', async () => {
    const documents = await read('a.txt', 'one\r\n\nthree\n');
    expect(documents.map(({ text, place }) => [text, place.line])).toEqual([['one', 1], ['', 2], ['three', 3]]);
  });

  it('reads CSV with quotes, further columns and a byte order mark', async () => {
    const [first, second] = await read('a.csv', '\ufeffid,text,label,split,shop\n1,"A ""good""\nbook, really",5,train,north\n2,Bad,1,test,\n');
    expect(first).toMatchObject({ id: '1', text: 'A "good"\nbook, really', label: '5', split: 'train', metadata: { shop: 'north' } });
    expect(second).toMatchObject({ id: '2', split: 'test', metadata: { shop: '' }, place: { line: 4 } });
  });

  it('reads TSV with stray quotation marks, and named columns', async () => {
    const columns: DocumentColumns = { text: 'body', language: 'lang', date: 'posted' };
    const [document] = await read('a.tsv', 'body\tlang\tposted\ttext\nA 12" disc\ten\t2024-03-01\tx\n', { columns });
    expect(document).toMatchObject({ text: 'A 12" disc', language: 'en', metadata: { date: '2024-03-01', text: 'x' } });
  });

  it('reads JSONL with typed metadata', async () => {
    const [document, ...rest] = await read('a.jsonl', '{"text":"hi","label":3,"n":1.5,"ok":true,"tags":["a"],"none":null}\n\n{"text":"ho"}\n');
    expect(document).toMatchObject({ text: 'hi', label: '3', metadata: { n: 1.5, ok: true, tags: '["a"]', none: null } });
    expect(rest).toEqual([{ text: 'ho', metadata: {}, place: { file: join(folder.path, 'a.jsonl'), line: 3 } }]);
  });

  it('reads Parquet', async () => {
    const columns = { language: 'lang', label: 'stars', date: 'posted' };
    const documents = await readDocuments({ path: fixturePath('reviews-zstd.parquet'), columns });
    expect(documents).toMatchObject([
      { text: 'The cat sat.', language: 'en', label: '5', metadata: { date: '2024-03-01T00:00:00.000Z' } },
      { text: '狗在叫。', language: 'zh', label: '3', metadata: { date: '2024-03-02T00:00:00.000Z' } },
    ]);
  });

  it('reads a folder of texts, subfolders as labels', async () => {
    const root = join(folder.path, 'texts');
    await mkdir(join(root, 'sport'), { recursive: true });
    await writeFile(join(root, 'sport', 'b.txt'), 'goal\nkeeper');
    await writeFile(join(root, 'a.txt'), Uint8Array.of(0xff, 0xfe, 0x68, 0x00));
    await writeFile(join(root, 'notes.md'), 'not a document');
    const documents = await readDocuments({ path: root });
    expect(documents.map(({ id, text, label }) => ({ id, text, label }))).toEqual([
      { id: 'a', text: 'h', label: undefined }, { id: 'sport/b', text: 'goal\nkeeper', label: 'sport' },
    ]);
  });

  it.each<[string, string, string, DocumentColumns, object]>([
    ['a record with too many fields', 'b.csv', 'text,label\na,1\nb,2,3\n', {}, { line: 3 }],
    ['an open quotation mark', 'b.csv', 'text,label\n"a,1\n', {}, { line: 2 }],
    ['no text column', 'b.csv', 'body\na\n', {}, { line: 2, field: 'text' }],
    ['no such label column', 'b.csv', 'text\na\n', { label: 'stars' }, { line: 2, field: 'stars' }],
    ['another split', 'b.csv', 'text,split\na,later\n', {}, { line: 2, field: 'split' }],
    ['broken JSON', 'b.jsonl', '{"text":"a"}\n{"text":\n', {}, { line: 2 }],
    ['a line that is no object', 'b.jsonl', '{"text":"a"}\n["a"]\n', {}, { line: 2 }],
    ['a text that is no string', 'b.jsonl', '{"text":null}\n', {}, { line: 1, field: 'text' }],
  ])('names the place of %s', async (_, name, content, columns, place) => {
    await expect(read(name, content, { columns })).rejects.toMatchObject({ constructor: DataFormatError, place: { file: join(folder.path, name), ...place } });
  });

  it('trains on validation documents, whatever they are called', async () => {
    const documents = await read('b.csv', 'text,split\na,dev\nb,Validation\nc,TRAIN\nd,Test\n');
    expect(documents.map(({ split }) => split)).toEqual(['train', 'train', 'train', 'test']);
  });

  it.each([0, 1, 2, 3])('refuses a damaged Parquet file (%d)', async (quarter) => {
    const bytes = fixtureBytes('reviews-zstd.parquet');
    await expect(read('b.parquet', bytes.slice(0, Math.floor((quarter * bytes.length) / 4)))).rejects.toThrow(DataFormatError);
  });

  it('refuses unknown extensions, unknown options and missing files', async () => {
    await expect(readDocuments({ path: 'a.docx' })).rejects.toThrow(expect.objectContaining({ constructor: InvalidOptionError, option: 'format' }));
    await expect(readDocuments({ path: 'a.csv', columns: { txt: 'a' } as DocumentColumns })).rejects.toMatchObject({ option: 'columns.txt' });
    for (const path of ['/nowhere/a.csv', '/nowhere/a.txt', '/nowhere/a.parquet', '/nowhere/folder']) {
      await expect(readDocuments({ path })).rejects.toThrow(MissingFileError);
    }
  });
});
