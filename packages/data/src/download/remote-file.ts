import type { Checksum } from './checksum';

/** A file somewhere else, with what is known about it before it is fetched. */
export interface RemoteFile {
  /** Place below the folder that it is fetched into, parts separated by slashes. */
  readonly path: string;
  /** `http:`, `https:` or, for a file of this machine, `file:`. */
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  readonly checksum: Checksum;
}
