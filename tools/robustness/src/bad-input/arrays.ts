import { DataFormatError } from '@xtm/contracts';
import { readNpy, writeNpy } from '@xtm/data';
import { npyBytes, npyDictionary } from '../testing/npy-bytes';
import type { BadCase, BadInputs } from './bad-case';

function npy(input: string, bytes: Uint8Array, says: string, field?: string): BadCase {
  return { input, read: () => readNpy(bytes, 'a.npy'), error: DataFormatError, says, file: 'a.npy', field };
}

export const arrays: BadInputs = {
  reader: 'npy',
  cases: [
    npy('nothing', new Uint8Array(0), 'is not a NumPy array'),
    npy('a text', Buffer.from('1 2 3\n4 5 6\n'), 'is not a NumPy array'),
    npy('an unknown version of the format', npyBytes(npyDictionary('|u1', '(1,)'), [1], 9), 'version 9'),
    npy('half a header', npyBytes(npyDictionary('|u1', '(1,)'), [1]).slice(0, 40), 'cut short'),
    npy('a header of megabytes', npyBytes(' '.repeat(2 ** 20), [], 2), '1048576 bytes'),
    npy(
      'records',
      npyBytes("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0]),
      'records',
      'descr',
    ),
    npy('Python objects', npyBytes(npyDictionary('|O', '(1,)'), new Uint8Array(8)), 'type |O', 'descr'),
    npy('complex numbers', npyBytes(npyDictionary('<c8', '(1,)'), new Uint8Array(8)), 'type <c8', 'descr'),
    npy('no shape', npyBytes("{'descr': '|u1', 'fortran_order': False, }", [1]), 'lacks order or shape'),
    npy('a negative size', npyBytes(npyDictionary('|u1', '(-1,)'), [1]), 'lacks order or shape'),
    npy(
      'a size beyond all numbers',
      npyBytes(npyDictionary('|u1', '(99999999999999999999,)'), [1]),
      'too large',
      'shape',
    ),
    npy('more axes than NumPy has', npyBytes(npyDictionary('|u1', `(${'1, '.repeat(65)})`), [1]), '65 axes', 'shape'),
    npy(
      'a shape that the file does not fill',
      npyBytes(npyDictionary('<f4', '(1000000, 1000000)'), [0, 0, 0, 0]),
      'asks for 4000000000000',
    ),
    npy('bytes after the entries', npyBytes(npyDictionary('|u1', '(1,)'), [1, 2]), 'asks for 1'),
    npy(
      'integers that numbers cannot hold',
      writeNpy(BigInt64Array.of(1n, 2n ** 60n), [2]),
      'the integer at position 1',
    ),
    npy(
      'texts without end',
      npyBytes(npyDictionary('|S1', '(5000000,)'), new Uint8Array(5_000_000)),
      'bytes of text',
      'descr',
    ),
  ],
};
