import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { normaliseRows, SeededGenerator } from '@xtm/numeric';
import { randomRows } from '../testing';
import { AlignmentJob, cutIntoParts, type SideBuffers } from './alignment';
import { type AlignmentPlan, planAlignment } from './alignment-plan';
import { PARTS } from './threads';

const WIDTH = 50;

interface Aligned {
  readonly loss: number;
  /** Digests of the first and the second side's. */
  readonly gradients: readonly string[];
}

function unitVectors(rows: number, generator: SeededGenerator): Float32Array {
  const data = new Float32Array(rows * WIDTH);
  generator.fillNormal(data);
  return normaliseRows({ rows, columns: WIDTH, data }).data;
}

function planOf(first: number, second: number): AlignmentPlan {
  const generator = new SeededGenerator(5);
  return planAlignment([randomRows(first, second, 2, generator), randomRows(second, first, 2, generator)]);
}

function align(job: AlignmentJob, vectors: readonly Float32Array[], threads: number): Aligned {
  const gradients: string[] = [];
  const buffersOf = (index: number): SideBuffers => ({
    read: (target) => target.set(vectors[index]!),
    write: (source) => gradients.push(createHash('sha256').update(source).digest('hex')),
  });
  return { loss: job.compute([buffersOf(0), buffersOf(1)], 0.2, threads), gradients };
}

describe('AlignmentJob', () => {
  it('gives the same bits by any number of threads, with new vectors each time', () => {
    const [plan, generator] = [planOf(700, 903), new SeededGenerator(2)];
    const inputs = Array.from({ length: 3 }, () =>
      [plan.first, plan.second].map(({ count }) => unitVectors(count, generator)),
    );
    const job = new AlignmentJob(plan, WIDTH);
    const alone = inputs.map((vectors) => align(job, vectors, 1));
    expect(new Set(alone.map(({ loss }) => loss)).size).toBe(inputs.length);
    for (const threads of [2, 2, 2, 5, 5, 64, 64])
      expect(inputs.map((vectors) => align(job, vectors, threads))).toEqual(alone);
  });

  it('keeps no process from ending, even with its threads at work or asleep', () => {
    const program = `
      const { useBackend, mutualInformation } = require(process.argv[1]);
      const tf = require('@tensorflow/tfjs-core');
      const identity = { rows: 600, columns: 600, indptr: Int32Array.from({ length: 601 }, (_, i) => i), indices: Int32Array.from({ length: 600 }, (_, i) => i), values: new Float32Array(600).fill(1) };
      useBackend('wasm', { threads: 3 }).then(() => {
        const features = tf.randomNormal([600, 50], 0, 1, 'float32', 3);
        for (let i = 0; i < 20; i++) console.log(mutualInformation(features, features, [identity, identity], 0.2).dataSync()[0]);
        setTimeout(() => console.log('woken'), 200);
      });`;
    const printed = execFileSync(process.execPath, ['-e', program, join(__dirname, '..', '..', 'dist', 'index.cjs')], {
      cwd: join(__dirname, '..', '..'),
      encoding: 'utf8',
      timeout: 8_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = printed.trim().split('\n');
    expect(lines).toHaveLength(21);
    expect(new Set(lines.slice(0, -1)).size).toBe(1);
  });
});

describe('cutIntoParts', () => {
  it.each([
    [700, 903],
    [1, 1],
    [33, 4_000],
    [5_000, 64],
  ])('shares all anchors and words of %i and %i, each once, in blocks', (first, second) => {
    const plan = planOf(first, second);
    const parts = cutIntoParts(plan);
    expect(parts).toHaveLength(PARTS);
    for (const [ranges, count] of [
      [parts.map(({ anchors }) => anchors), plan.first.anchors],
      [parts.map(({ words }) => words), plan.second.count],
    ] as const) {
      expect([ranges[0]![0], ranges.at(-1)![1]]).toEqual([0, count]);
      ranges.slice(1).forEach(([begin], index) => expect(begin).toBe(ranges[index]![1]));
      expect(ranges.every(([begin]) => begin % 32 === 0 || begin === count)).toBe(true);
    }
  });

  it('gives every part about as much to do', () => {
    const plan = planOf(5_000, 5_000);
    const costs = cutIntoParts(plan).map(({ words: [begin, end] }) => {
      const anchors = Math.max(0, Math.min(end, plan.second.anchors) - begin);
      return anchors * plan.first.count + (end - begin - anchors) * plan.first.anchors;
    });
    expect(Math.max(...costs) / Math.min(...costs)).toBeLessThan(1.15);
  });
});
