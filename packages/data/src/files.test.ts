import fc from 'fast-check';
import { DataFormatError } from '@xtm/contracts';
import { decodeLines, decodeText } from './files';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  [0xfeff, ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))].forEach((unit, index) =>
    view.setUint16(2 * index, unit, littleEndian),
  );
  return new Uint8Array(view.buffer);
};

describe('decodeLines', () => {
  const text = 'eins\r\nzwei 猫\n\n\u2028vier';
  const lines = ['eins', 'zwei 猫', '', '\u2028vier'];

  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with mark', utf8(`\ufeff${text}`)],
    ['UTF-16 little endian', utf16(text, true)],
    ['UTF-16 big endian', utf16(text, false)],
  ])('reads %s', (_, bytes) => {
    expect(decodeLines(bytes, 'a.txt')).toEqual(lines);
    expect(decodeText(bytes, 'a.txt')).toBe(text);
  });

  it('opens no line after the last line end, and keeps empty ones before', () => {
    expect(decodeLines(utf8('a\n\n'), 'a.txt')).toEqual(['a', '']);
    expect(decodeLines(utf8(''), 'a.txt')).toEqual([]);
    expect(decodeLines(utf8('\n'), 'a.txt')).toEqual(['']);
  });

  it('reads back any lines', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((value) => !/[\n\r]/.test(value));
    fc.assert(fc.property(fc.array(line), (written) => {
      expect(decodeLines(utf8(written.map((value) => `${value}\n`).join('')), 'a.txt')).toEqual(written);
    }), { seed: 1 });
  });

  it('joins blocks of a large file without a seam', () => {
    const many = Array.from({ length: 900_000 }, (_, index) => `line ${index} with some words`);
    const lines = decodeLines(utf8(many.join('\n')), 'a.txt');
    expect(lines.length).toBe(many.length);
    expect(lines.findIndex((line, index) => line !== many[index])).toBe(-1);
  });

  it.each([
    [[0x61, 0x0a, 0xff], 2],
    [[0xff], 1],
    [[0x61, 0x0a, 0xe7, 0x8c], 2],
    [[0xe7, 0x8c, 0x0a, 0xab], 1],
  ])('names the line of invalid bytes %j', (bytes, line) => {
    expect(() => decodeLines(Uint8Array.from(bytes), 'a.txt')).toThrow(
      expect.objectContaining({ constructor: DataFormatError, place: { file: 'a.txt', line } }),
    );
  });

  it('refuses half a character of UTF-16', () => {
    expect(() => decodeLines(Uint8Array.of(0xff, 0xfe, 0x41), 'a.txt')).toThrow('a.txt:1: is not valid UTF-16');
    expect(() => decodeLines(Uint8Array.of(0xfe, 0xff, 0, 0x41, 0, 0x0a, 0xd8, 0, 0, 0x41), 'a.txt')).toThrow(
      'a.txt:2: is not valid UTF-16',
    );
  });

  it('refuses what is no text, or a text in an encoding that does not say so', () => {
    expect(() => decodeLines(utf16('a\nb', true).subarray(2), 'a.txt')).toThrow('a.txt:1: holds a null character');
    expect(() => decodeText(utf8('a\nb\0'), 'a.txt')).toThrow('a.txt:2: holds a null character');
    expect(() => decodeLines(utf8('a\rb\r'), 'a.txt')).toThrow('carriage returns alone');
  });
});
