import { join } from 'node:path';
import { measureApart, type MeasurementRequest } from './measurement';
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
    expect(await measureApart(request, worker)).toMatchObject({ stage: 'mmd', backend: 'wasm', path: 'plain', steps: 2 });
  });

  it('rejects with what went wrong there', async () => {
    await expect(measureApart({ ...request, backend: 'cpu', path: 'kernels' }, worker)).rejects.toThrow('mmd: backend cpu: its kernels path cannot be used here');
  });

  it('rejects when the process ends without an answer', async () => {
    await expect(measureApart(request, join(__dirname, 'no-such-worker.js'))).rejects.toThrow('ended by exit code 1');
  });
});
