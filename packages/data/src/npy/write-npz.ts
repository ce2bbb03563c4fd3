import { zipSync } from 'fflate';
import { writeNpy, type WritableArray } from './write-npy';

/** Zip's earliest date: the same arrays give the same bytes at any time. */
const FIXED_TIME = '1980-01-01T00:00:00';

/** An array to be written with its shape, or bytes of a .npy file that are ready. */
export type NpzMember = { readonly array: WritableArray; readonly shape: readonly number[] } | Uint8Array;

/** Bytes of a compressed .npz file that `numpy.load` reads. */
export function writeNpz(members: Readonly<Record<string, NpzMember>>): Uint8Array {
  const files = Object.entries(members).map(([name, member]) => [
    `${name}.npy`,
    member instanceof Uint8Array ? member : writeNpy(member.array, member.shape),
  ] as const);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: new Date(FIXED_TIME) });
}
