import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { DataFormatError, InvalidOptionError } from '@xtm/contracts';
import { useBackend } from './backend/use-backend';
import {
  assignVariables,
  decodeSafetensors,
  encodeSafetensors,
  readVariables,
  type StoredTensor,
} from './safetensors';

const FILE = 'model.safetensors';

const tensor = fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const numbers = fc.array(fc.float(), { minLength: size, maxLength: size });
  return fc.oneof(
    numbers.map((values): StoredTensor => ({ dtype: 'F32', shape, data: Float32Array.from(values) })),
    numbers.map((values): StoredTensor => ({ dtype: 'F64', shape, data: Float64Array.from(values) })),
    numbers.map((values): StoredTensor => ({
      dtype: 'I64',
      shape,
      data: BigInt64Array.from(values, (_, index) => BigInt(index) - 2n ** 40n),
    })),
    numbers.map((values): StoredTensor => ({
      dtype: 'U8',
      shape,
      data: Uint8Array.from(values, (_, index) => index),
    })),
  );
});

/** A file with this header and this many zero bytes of data. */
function file(header: unknown, size: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe('safetensors', () => {
  it('gives back what was written, also from the middle of a buffer', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), tensor), (named) => {
        const tensors = new Map(
          Object.entries(named).filter(([name]) => name !== '__metadata__' && name !== '__proto__'),
        );
        const bytes = encodeSafetensors(tensors, { epoch: '12' });
        const shifted = new Uint8Array(bytes.length + 3);
        shifted.set(bytes, 3);
        const content = decodeSafetensors(shifted.subarray(3), FILE);
        expect(content.metadata).toEqual({ epoch: '12' });
        expect(new Map([...content.tensors])).toEqual(tensors);
      }),
    );
  });

  it('writes the published layout', () => {
    const bytes = encodeSafetensors(new Map([['a', { dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) }]]));
    const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerLength % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)))).toEqual({
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect([...bytes.subarray(8 + headerLength)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('reads a file as Node hands it out, wherever its elements lie', () => {
    for (const padding of [0, 1, 2, 3]) {
      const bytes = file({ a: entry(0, 8), __metadata__: { a: ' '.repeat(padding) } }, 8);
      bytes.set([0, 0, 0x80, 0x3f], bytes.length - 4);
      expect(decodeSafetensors(Buffer.from(bytes), FILE).tensors.get('a')!.data).toEqual(Float32Array.of(0, 1));
    }
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a short file', new Uint8Array(5), /too short/],
    ['a header longer than the file', new Uint8Array(16).fill(255), /exceeds/],
    ['a header that is no JSON', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 65, 66), /not JSON/],
    ['a header that is no object', file([1], 0), /not an object/],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }, 0), /__metadata__/],
    ['an unknown element type', file({ a: entry(0, 4, [1], 'Q4') }, 4), /Q4/],
    ['a negative size', file({ a: entry(0, 4, [-1]) }, 4), /shape/],
    ['offsets that do not match the shape', file({ a: entry(0, 8, [1]) }, 8), /needs 4/],
    ['overlapping tensors', file({ a: entry(0, 8), b: entry(4, 12) }, 12), /\(b\).*expected 8/],
    ['a gap between tensors', file({ a: entry(0, 4), b: entry(8, 12) }, 12), /\(b\).*expected 4/],
    ['a tensor beyond the end', file({ a: entry(0, 8) }, 4), /ends at byte 8/],
    ['bytes left over', file({ a: entry(0, 4) }, 8), /4 bytes/],
  ])('refuses %s', (_, bytes, message) => {
    const decode = (): unknown => decodeSafetensors(bytes, FILE);
    expect(decode).toThrow(DataFormatError);
    expect(decode).toThrow(message);
    expect(decode).toThrow(FILE);
  });

  it('refuses to write elements that do not fill their shape', () => {
    expect(() => encodeSafetensors(new Map([['a', { dtype: 'F32', shape: [3], data: new Float32Array(2) }]]))).toThrow(
      InvalidOptionError,
    );
    expect(() => encodeSafetensors(new Map([['a', { dtype: 'F64', shape: [2], data: new Float32Array(2) }]]))).toThrow(
      InvalidOptionError,
    );
  });
});

describe('variables', () => {
  beforeAll(async () => {
    await useBackend('wasm');
  });

  it('take up stored values of their names, all of them or none', () => {
    const [weight, shift] = [tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2])), tf.variable(tf.tensor1d([5]))];
    const variables = new Map<string, tf.Variable>([['weight', weight], ['shift', shift]]);
    const stored = readVariables(variables);
    tf.tidy(() => variables.forEach((variable) => variable.assign(tf.zerosLike(variable))));
    assignVariables(variables, decodeSafetensors(encodeSafetensors(stored), FILE).tensors, FILE);
    expect([...weight.dataSync(), ...shift.dataSync()]).toEqual([1, 2, 3, 4, 5]);

    const wrong = new Map(stored).set('shift', { dtype: 'F32', shape: [2], data: new Float32Array(2) });
    expect(() => assignVariables(variables, wrong, FILE)).toThrow(/shift.*\[2\].*\[1\]/);
    wrong.delete('shift');
    expect(() => assignVariables(variables, wrong, FILE)).toThrow(/shift.*missing/);
    expect([...weight.dataSync()]).toEqual([1, 2, 3, 4]);
    variables.forEach((variable) => variable.dispose());
  });
});
