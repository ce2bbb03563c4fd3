import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EndpointError } from '@xtm/contracts';
import { FileServer, type ServerFault, temporaryFolder, type TemporaryFolder } from '../testing';
import { downloadUnknownFile, type UnknownFile } from './download-unknown-file';
import { resolveTransfer } from './open-source';

const CONTENT = Buffer.from('a line of text\n'.repeat(8_000));
const FACTS: UnknownFile = { size: CONTENT.length, sha256: createHash('sha256').update(CONTENT).digest('hex') };
const settings = resolveTransfer({ attempts: 2, retryDelay: 1, stallTimeout: 300 }, { offline: '', refused: '', missing: 'look elsewhere' });

let place: TemporaryFolder;
let file: string;
beforeEach(async () => {
  place = await temporaryFolder();
  file = join(place.path, 'kept', 'words.txt');
});
afterEach(() => place.remove());

describe('downloadUnknownFile', () => {
  let server: FileServer;
  let faults: (ServerFault | undefined)[];
  beforeEach(async () => {
    faults = [];
    server = await FileServer.start((path) => (path === '/words.txt' ? { content: CONTENT, fault: faults.shift() } : undefined));
  });
  afterEach(() => server.close());

  it('goes on where broken connections stopped and says what came', async () => {
    faults = [{ kind: 'cut', after: 60_000 }, { kind: 'stall', after: 20_000 }, { kind: 'cut', after: 10_000 }];
    const seen: (readonly [number, number | undefined])[] = [];
    expect(await downloadUnknownFile(`${server.baseUrl}/words.txt`, file, settings, (bytes, total) => seen.push([bytes, total]))).toEqual(FACTS);
    expect(readFileSync(file).equals(CONTENT)).toBe(true);
    expect(server.requests.map(({ range }) => range)).toEqual([undefined, 'bytes=60000-', 'bytes=80000-', 'bytes=90000-']);
    expect(seen.at(-1)).toEqual([CONTENT.length, CONTENT.length]);
  });

  it('keeps what came before it gave up, but goes on later only with a file that says its version', async () => {
    faults = [{ kind: 'cut', after: 60_000 }, { kind: 'status', status: 503 }, { kind: 'status', status: 503 }];
    await expect(downloadUnknownFile(`${server.baseUrl}/words.txt`, file, settings)).rejects.toBeInstanceOf(EndpointError);
    expect(existsSync(file)).toBe(false);
    server.requests.length = 0;
    expect(await downloadUnknownFile(`${server.baseUrl}/words.txt`, file, settings)).toEqual(FACTS);
    expect(server.requests.map(({ range }) => range)).toEqual([undefined]);
  });

  it('says that there is no such file', async () => {
    await expect(downloadUnknownFile(`${server.baseUrl}/none.txt`, file, settings)).rejects.toMatchObject({ failure: 'notFound', advice: 'look elsewhere' });
  });
});

describe('a server that states versions', () => {
  let server: Server;
  let content: Buffer;
  let tag: string;
  /** Whether the next answer breaks off, after which the server is down. */
  let breaks: boolean;
  let down: boolean;
  let asked: (string | undefined)[];
  beforeEach(async () => {
    [content, tag, breaks, down, asked] = [CONTENT, '"one"', true, false, []];
    server = createServer((request, response) => {
      if (down) return void response.writeHead(503).end();
      asked.push(request.headers.range);
      const start = request.headers['if-range'] === tag ? Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0) : 0;
      if (start >= content.length) return void response.writeHead(416).end();
      const range = start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {};
      response.writeHead(start > 0 ? 206 : 200, { etag: tag, 'content-length': content.length - start, ...range });
      down = breaks;
      if (breaks) response.write(content.subarray(start, start + 50_000), () => setTimeout(() => response.destroy(), 50));
      else response.end(content.subarray(start));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => server.close());

  const download = (): Promise<UnknownFile> => downloadUnknownFile(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, file, { ...settings, attempts: 1 });

  it('lets a later call go on', async () => {
    await expect(download()).rejects.toBeInstanceOf(EndpointError);
    [breaks, down] = [false, false];
    expect(await download()).toEqual(FACTS);
    expect(asked).toEqual([undefined, 'bytes=50000-']);
    expect(existsSync(`${file}.part.version`)).toBe(false);
  });

  it('makes a later call begin anew when the file is another one by then', async () => {
    await expect(download()).rejects.toBeInstanceOf(EndpointError);
    [breaks, down] = [false, false];
    [content, tag] = [Buffer.from(CONTENT.toString().toUpperCase()), '"two"'];
    await download();
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('is asked for everything again when nothing comes after what is there', async () => {
    breaks = false;
    await place.write('words.txt.part', Buffer.concat([CONTENT, CONTENT]));
    await place.write('words.txt.part.version', tag);
    file = join(place.path, 'words.txt');
    expect(await download()).toEqual(FACTS);
    expect(asked).toEqual([`bytes=${2 * CONTENT.length}-`, undefined]);
  });
});

it('copies a file of this machine, and does not mix two versions of it', async () => {
  const mirror = await place.write('mirror.txt', CONTENT);
  const url = pathToFileURL(mirror).href;
  expect(await downloadUnknownFile(url, file, settings)).toEqual(FACTS);
  await place.write('kept/words.txt.part', 'of another version');
  await place.write('kept/words.txt.part.version', new Date(0).toISOString());
  utimesSync(mirror, 10, 10);
  expect(await downloadUnknownFile(url, file, settings)).toEqual(FACTS);
});
