/** Bytes of a .npy file with the header dictionary and entries given, right or wrong. */
export function npyBytes(dictionary: string, entries: ArrayLike<number> = [], version = 1): Uint8Array {
  const header = Buffer.from(dictionary, 'latin1');
  const length =
    version === 1
      ? [header.length & 0xff, header.length >> 8]
      : [header.length & 0xff, (header.length >> 8) & 0xff, (header.length >> 16) & 0xff, 0];
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from([version, 0, ...length]),
    header,
    Buffer.from(entries),
  ]);
}

/** A header dictionary as NumPy writes it. */
export function npyDictionary(dtype: string, shape: string): string {
  return `{'descr': '${dtype}', 'fortran_order': False, 'shape': ${shape}, }\n`;
}
