import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one answer of a server goes wrong. */
export type ServerFault =
  /** Closes the connection after so many bytes of the body. */
  | { readonly kind: 'cut'; readonly after: number }
  /** Sends so many bytes, then nothing. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Changes a byte. */
  | { readonly kind: 'damage' }
  /** Sends the file twice, or states a length and sends less. */
  | { readonly kind: 'longer' | 'shorter' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'page' };

/** What a server has at a path, if anything, and how this answer goes wrong. */
export interface ServedFile {
  readonly content: Buffer;
  readonly fault?: ServerFault;
}

/** A server of files on this machine, with faults. */
export class FileServer {
  readonly requests: { readonly path: string; readonly range: string | undefined }[] = [];
  /** Whether ranges are honoured. */
  ranges = true;

  private constructor(
    private readonly find: (path: string) => ServedFile | undefined,
    private readonly server: Server,
  ) {}

  /** @param find the file at a path that begins with a slash */
  static async start(find: (path: string) => ServedFile | undefined): Promise<FileServer> {
    const server = createServer();
    const files = new FileServer(find, server);
    server.on('request', (request, response) => files.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return files;
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
    const found = this.find(url);
    if (found === undefined) return send(response, 404, Buffer.from('no such file'));
    const { content, fault } = found;
    const start = this.ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    const range: Record<string, string> =
      start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {};
    send(response, start > 0 ? 206 : 200, content.subarray(start), range, fault);
  }
}

function send(
  response: ServerResponse,
  status: number,
  content: Buffer,
  headers: Readonly<Record<string, string>> = {},
  fault?: ServerFault,
): void {
  switch (fault?.kind) {
    case 'status':
      return void response.writeHead(fault.status).end('error');
    case 'page':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in</html>');
    case 'damage':
      return void response
        .writeHead(status, headers)
        .end(Buffer.from(content.map((byte, i) => (i === content.length >> 1 ? byte ^ 1 : byte))));
    case 'longer':
      return void response.writeHead(status, headers).end(Buffer.concat([content, content]));
    case 'shorter':
      response.writeHead(status, { ...headers, 'content-length': content.length >> 1 });
      return void response.end(content.subarray(0, content.length >> 1));
    case 'cut':
    case 'stall':
      response.writeHead(status, { ...headers, 'content-length': content.length });
      return void response.write(
        content.subarray(0, fault.after),
        () => fault.kind === 'cut' && setTimeout(() => response.destroy(), 50),
      );
    default:
      response.writeHead(status, { ...headers, 'content-length': content.length }).end(content);
  }
}
