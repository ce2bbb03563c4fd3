import { createHash } from 'node:crypto';
import { SeededGenerator } from '@xtm/numeric';
import { randomRows } from '../testing';
import { type DecoderInputs, DecoderSlots, SharedDecoder } from './decoder';
import { SharedHeap } from './threads';

const [ROWS, COLUMNS, TOPICS, PADDED] = [61, 1_501, 50, 1_520];

function draw(length: number, generator: SeededGenerator): Float32Array {
  const values = new Float32Array(length);
  generator.fillNormal(values);
  return values;
}

function inputsOf(seed: number, rows = ROWS): DecoderInputs {
  const generator = new SeededGenerator(seed);
  const [theta, beta, shift] = [
    draw(rows * TOPICS, generator),
    draw(TOPICS * COLUMNS, generator),
    draw(COLUMNS, generator),
  ];
  return {
    theta: (target) => target.set(theta),
    beta: (target) => target.set(beta),
    shift: (target) => target.set(shift),
    targets: randomRows(rows, COLUMNS, 5, generator),
    topics: TOPICS,
    padded: PADDED,
    epsilon: 1e-3,
    floor: 1e-10,
    clamp: false,
  };
}

const digest = (arrays: readonly Float32Array[]): string[] =>
  arrays.map((values) => createHash('sha256').update(values).digest('hex'));

function decode(decoder: SharedDecoder, inputs: DecoderInputs, threads: number): string[] {
  const holder = {};
  const { losses, mean, variance } = decoder.losses(inputs, holder, threads);
  const forward = digest([losses, mean, variance]);
  const { theta, beta, shift } = decoder.gradients(new Float32Array(inputs.targets.rows).fill(0.5), holder, threads);
  return [...forward, ...digest([theta, beta, shift])];
}

describe('SharedDecoder', () => {
  it('gives the same bits by any number of threads', () => {
    const decoder = new SharedDecoder(new SharedHeap());
    const batches = [inputsOf(1), inputsOf(2), inputsOf(3, 7)];
    const alone = batches.map((inputs) => decode(decoder, inputs, 1));
    expect(new Set(alone.map(([losses]) => losses)).size).toBe(batches.length);
    for (const threads of [2, 2, 5, 64])
      expect(batches.map((inputs) => decode(decoder, inputs, threads))).toEqual(alone);
  });

  it('keeps batches apart whose gradients come later', () => {
    const [first, second] = [inputsOf(1), inputsOf(2)];
    const alone = decode(new SharedDecoder(new SharedHeap()), first, 1);
    const decoder = new SharedDecoder(new SharedHeap());
    const [holder, other] = [{}, {}];
    decoder.losses(first, holder, 2);
    decoder.losses(second, other, 2);
    decoder.gradients(new Float32Array(ROWS).fill(1), other, 2);
    const { theta, beta, shift } = decoder.gradients(new Float32Array(ROWS).fill(0.5), holder, 2);
    expect(digest([theta, beta, shift])).toEqual(alone.slice(3));
  });
});

describe('DecoderSlots', () => {
  it('hands out what was given back, the smallest that is large enough', () => {
    const slots = new DecoderSlots(new SharedHeap());
    const holders = [{}, {}, {}];
    const [small, large, medium] = [100, 100_000, 5_000].map((bytes, index) => slots.hold(bytes, holders[index]!));
    expect(new Set([small, large, medium].map((slot) => slot!.address)).size).toBe(3);
    [small, large, medium].forEach((slot, index) => slots.release(slot!, holders[index]!));
    expect(slots.hold(4_000, {})).toBe(medium);
    expect(slots.hold(4_000, {})).toBe(large);
    expect([small, large, medium]).not.toContain(slots.hold(4_000, {}));
    expect(slots.hold(1, {})).toBe(small);
  });
});
