import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineLayout, writeRecord } from './layout';
import { taskClasses } from './task-classes';

const RECORD = defineLayout({ count: 'i32', total: 'computed f64', address: 'usize', share: 'f32', flag: 'i32' });

describe('defineLayout', () => {
  it('puts numbers where AssemblyScript does: on multiples of their size', () => {
    expect(RECORD.offsets).toEqual({ count: 0, total: 8, address: 16, share: 20, flag: 24 });
    expect(RECORD.bytes).toBe(32);
  });

  it('writes fields by name, addresses of the upper half of the memory too, and leaves computed ones alone', () => {
    const buffer = new ArrayBuffer(2 * RECORD.bytes);
    const view = new DataView(buffer, RECORD.bytes);
    view.setFloat64(8, 0.5, true);
    writeRecord(buffer, RECORD.bytes, RECORD, { address: 2 ** 31 + 64, share: 0.25, count: -3, flag: 1 });
    expect([view.getInt32(0, true), view.getFloat64(8, true)]).toEqual([-3, 0.5]);
    expect([view.getUint32(16, true), view.getFloat32(20, true), view.getInt32(24, true)]).toEqual([2 ** 31 + 64, 0.25, 1]);
    expect(new Uint8Array(buffer, 0, RECORD.bytes)).toEqual(new Uint8Array(RECORD.bytes));
  });

  it('knows its names when it is compiled', () => {
    const buffer = new ArrayBuffer(RECORD.bytes);
    // @ts-expect-error a name is missing
    const missing = () => writeRecord(buffer, 0, RECORD, { address: 0, share: 0, count: 0 });
    // @ts-expect-error a name is mistyped
    const mistyped = () => writeRecord(buffer, 0, RECORD, { address: 0, share: 0, counts: 0, flag: 0 });
    // @ts-expect-error a name is the kernels'
    const computed = () => writeRecord(buffer, 0, RECORD, { address: 0, share: 0, count: 0, flag: 0, total: 0 });
    expect([missing, mistyped, computed]).toHaveLength(3);
  });
});

it('is what assembly/tasks.ts was written from', () => {
  expect(readFileSync(join(__dirname, '../../assembly/tasks.ts'), 'utf8')).toBe(taskClasses());
});
