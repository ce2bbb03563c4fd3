import { join } from 'node:path';
import type { MeasurementRequest } from './measurement';
import { tasksApart } from './worker-process';
import { workloadSchema } from './workload';

/** The bundle: a process of its own runs JavaScript only. */
const worker = join(__dirname, '../dist/worker.js');

const request: MeasurementRequest = {
  stage: 'mmd',
  growth: '',
  backend: 'wasm',
  path: 'plain',
  workload: workloadSchema.parse({ documents: 30, vocabulary: 50, topics: 3, dimensions: 8 }),
  repetition: { steps: 2, warmup: 1, seconds: 10 },
};

describe('measuring in a process of its own', () => {
  it('returns the figures', async () => {
    expect(await tasksApart(worker).measure(request)).toMatchObject({ stage: 'mmd', backend: 'wasm', path: 'plain', steps: 2 });
  });

  it('returns a profile', async () => {
    const profile = await tasksApart(worker).profile(request);
    expect(profile).toMatchObject({ stage: 'mmd', backend: 'wasm', path: 'plain', steps: 2 });
    expect(new Set(profile.entries.map(({ phase }) => phase))).toEqual(new Set(['assembly', 'forward', 'gradient', 'update']));
  });

  it('rejects with what went wrong there', async () => {
    await expect(tasksApart(worker).measure({ ...request, backend: 'cpu', path: 'kernels' })).rejects.toThrow('mmd: backend cpu: its kernels path cannot be used here');
  });

  it('rejects when the process ends without an answer', async () => {
    await expect(tasksApart(join(__dirname, 'no-such-worker.js')).measure(request)).rejects.toThrow('ended by exit code 1');
  });
});
