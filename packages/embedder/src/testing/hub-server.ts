import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one answer of the server goes wrong. */
export type HubFault =
  /** Closes the connection after so many bytes of the body. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Sends so many bytes, then nothing. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Sends other bytes than it states a checksum of. */
  | { readonly kind: 'damage' }
  /** Sends more bytes than it lists, or states a length and sends less. */
  | { readonly kind: 'longer' | 'shorter' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'page' };

/** A hub of models on this machine: the listing and the files of one repository, and faults in the order of requests. */
export class HubServer {
  readonly requests: { readonly path: string; readonly range: string | undefined }[] = [];
  /** Whether ranges are honoured. */
  ranges = true;
  /** Faults of the next requests for files, and for listings. */
  fileFaults: (HubFault | undefined)[] = [];
  listingFaults: (HubFault | undefined)[] = [];

  private constructor(private readonly repository: string, private readonly files: ReadonlyMap<string, Buffer>, private readonly server: Server) {}

  static async start(repository: string, files: ReadonlyMap<string, Buffer>): Promise<HubServer> {
    const server = createServer();
    const hub = new HubServer(repository, files, server);
    server.on('request', (request, response) => hub.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return hub;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private handle({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    this.requests.push({ path: url, range: headers.range });
    if (url.startsWith(`/api/models/${this.repository}/tree/main`)) return send(response, 200, Buffer.from(JSON.stringify(this.listing())), {}, this.listingFaults.shift());
    const content = this.files.get(url.replace(`/${this.repository}/resolve/main/`, ''));
    if (content === undefined) return send(response, 404, Buffer.from('no such file'));
    const start = this.ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    const range: Record<string, string> = start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {};
    send(response, start > 0 ? 206 : 200, content.subarray(start), range, this.fileFaults.shift());
  }

  /** The largest file counts as a large one, whose SHA-256 the hub states. */
  private listing(): unknown[] {
    const largest = Math.max(...[...this.files.values()].map(({ length }) => length));
    const entries = [...this.files].map(([path, content]) => ({
      type: 'file',
      path,
      size: content.length,
      oid: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
      ...(content.length === largest ? { lfs: { oid: createHash('sha256').update(content).digest('hex'), size: content.length } } : {}),
    }));
    return [{ type: 'directory', path: 'onnx', size: 0, oid: '0' }, ...entries];
  }
}

function send(response: ServerResponse, status: number, content: Buffer, headers: Readonly<Record<string, string>> = {}, fault?: HubFault): void {
  switch (fault?.kind) {
    case 'status':
      return void response.writeHead(fault.status).end('error');
    case 'page':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
    case 'damage':
      return void response.writeHead(status, headers).end(Buffer.from(content.map((byte, i) => (i === content.length >> 1 ? byte ^ 1 : byte))));
    case 'longer':
      return void response.writeHead(status, headers).end(Buffer.concat([content, content]));
    case 'shorter':
      response.writeHead(status, { ...headers, 'content-length': content.length >> 1 });
      return void response.end(content.subarray(0, content.length >> 1));
    case 'cut':
    case 'stall':
      response.writeHead(status, { ...headers, 'content-length': content.length });
      return void response.write(content.subarray(0, fault.after), () => fault.kind === 'cut' && setTimeout(() => response.destroy(), 10));
    default:
      response.writeHead(status, { ...headers, 'content-length': content.length }).end(content);
  }
}
