import { FileServer, type ServedFile, type ServerFault } from '@xtm/data/testing';
import { createHash } from 'node:crypto';

/**
 * A hub of models on this machine: the listing and the files of one repository, and faults in the order of requests.
 */
export class HubServer {
  /** Faults of the next requests for files, and for listings. */
  fileFaults: (ServerFault | undefined)[] = [];
  listingFaults: (ServerFault | undefined)[] = [];

  private constructor(
    private readonly repository: string,
    private readonly files: ReadonlyMap<string, Buffer>,
    private server: FileServer | undefined,
  ) {}

  static async start(repository: string, files: ReadonlyMap<string, Buffer>): Promise<HubServer> {
    const hub = new HubServer(repository, files, undefined);
    hub.server = await FileServer.start((path) => hub.find(path));
    return hub;
  }

  get baseUrl(): string {
    return this.server!.baseUrl;
  }

  get requests(): FileServer['requests'] {
    return this.server!.requests;
  }

  /** Whether ranges are honoured. */
  set ranges(honoured: boolean) {
    this.server!.ranges = honoured;
  }

  close(): Promise<void> {
    return this.server!.close();
  }

  private find(path: string): ServedFile | undefined {
    if (path.startsWith(`/api/models/${this.repository}/tree/main`))
      return { content: Buffer.from(JSON.stringify(this.listing())), fault: this.listingFaults.shift() };
    const content = this.files.get(path.replace(`/${this.repository}/resolve/main/`, ''));
    return content && { content, fault: this.fileFaults.shift() };
  }

  /** The largest file counts as a large one, whose SHA-256 the hub states. */
  private listing(): unknown[] {
    const largest = Math.max(...[...this.files.values()].map(({ length }) => length));
    const entries = [...this.files].map(([path, content]) => ({
      type: 'file',
      path,
      size: content.length,
      oid: createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex'),
      ...(content.length === largest
        ? { lfs: { oid: createHash('sha256').update(content).digest('hex'), size: content.length } }
        : {}),
    }));
    return [{ type: 'directory', path: 'onnx', size: 0, oid: '0' }, ...entries];
  }
}
