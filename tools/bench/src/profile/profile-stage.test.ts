import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import { measureStage } from '../measurement';
import { workloadSchema } from '../workload';
import { profileStage, type StageProfile } from './profile-stage';
import { formatProfile } from './profile-table';

const request = {
  stage: 'nmtm',
  growth: '',
  backend: 'wasm',
  path: 'kernels',
  workload: workloadSchema.parse({ documents: 60, vocabulary: 80, dictionaryPairs: 50, topics: 3, batchSize: 20 }),
  repetition: { steps: 10, warmup: 2, seconds: 30 },
  threads: 1,
} as const;

describe('profileStage', () => {
  let profile: StageProfile;
  let elapsed: number;

  beforeAll(async () => {
    const startedAt = performance.now();
    profile = await profileStage(request);
    elapsed = performance.now() - startedAt;
  });

  const find = (operation: string, phase: string) =>
    profile.entries.filter((entry) => entry.operation === operation && entry.phase === phase);

  it('has every kernel with its calls per step and shapes, in value and in gradient', () => {
    expect(profile.steps).toBe(10);
    expect(find('XtmDecode', 'forward')).toEqual([
      expect.objectContaining({ calls: 2, shapes: '20×3, 3×80, 80 (3), sparse 20×80' }),
    ]);
    expect(find('XtmDecodeGradient', 'gradient')).toEqual([expect.objectContaining({ calls: 2 })]);
    const updated = find('XtmAdam', 'update');
    expect(updated.length).toBeGreaterThan(3);
    expect(updated.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(10);
  });

  it('has what is no kernel beside them', () => {
    expect(find('(noise)', 'forward')).toEqual([expect.objectContaining({ calls: 2 })]);
    expect(find('(batch assembly)', 'assembly')[0]!.milliseconds).toBeGreaterThan(0);
    for (const phase of ['forward', 'gradient', 'update']) expect(find('(JavaScript)', phase)).toHaveLength(1);
  });

  it('adds up to no more than the time that passed', () => {
    const total = profile.entries.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    expect(total).toBeGreaterThan(0);
    expect(total * profile.steps).toBeLessThan(elapsed);
  });

  it('leaves TensorFlow.js and the noise as they were', async () => {
    expect(tf.memory().numTensors).toBe(0);
    const watched = (): unknown[] => [
      ...['XtmDecode', 'BatchMatMul', 'Add'].map((name) => tf.getKernel(name, 'wasm').kernelFunc),
      SeededGenerator.prototype.fillNormal,
      tf.backend().write,
      tf.engine().gradients,
    ];
    const before = watched();
    await profileStage({ ...request, stage: 'mmd' });
    watched().forEach((value, index) => expect(value).toBe(before[index]));
    await expect(measureStage(request)).resolves.toMatchObject({ steps: 10 });
  });
});

describe('formatProfile', () => {
  const entry = { phase: 'forward', operation: 'Add', shapes: '2×2', calls: 3, milliseconds: 60 } as const;
  const profile: StageProfile = {
    stage: 'nmtm',
    backend: 'wasm',
    path: 'kernels',
    threads: 1,
    steps: 5,
    entries: [
      entry,
      { ...entry, phase: 'gradient', milliseconds: 29.9 },
      { ...entry, shapes: '4', calls: 1.5, milliseconds: 10 },
      { ...entry, operation: 'Exp', calls: 2, milliseconds: 0.06 },
      { ...entry, operation: 'Log', calls: 1, milliseconds: 0.04 },
    ],
  };
  const lines = (byShape: boolean): string[] => formatProfile(profile, byShape).split('\n');

  it('says what a step takes, and how it is shared by phases', () => {
    expect(lines(false).slice(0, 7)).toEqual([
      'nmtm on wasm (kernels), 1 thread: 100 ms per step, mean of 5',
      '',
      'phase     operation      ms     %',
      'assembly  all         0.000   0.0',
      'forward   all        70.100  70.1',
      'gradient  all        29.900  29.9',
      'update    all         0.000   0.0',
    ]);
  });

  it('has a line per operation and phase, with the shapes that take longest, and joins the smallest', () => {
    expect(lines(false).slice(8)).toEqual([
      'phase     operation  calls      ms     %  shapes',
      'forward   Add          4.5  70.000  70.0  2×2',
      'gradient  Add            3  29.900  29.9  2×2',
      'any       2 others       3   0.100   0.1',
    ]);
  });

  it('tells shapes apart where it is asked to', () => {
    expect(lines(true).slice(9, 12)).toEqual([
      'forward   Add            3  60.000  60.0  2×2',
      'gradient  Add            3  29.900  29.9  2×2',
      'forward   Add          1.5  10.000  10.0  4',
    ]);
  });
});
