import { useBackend } from '@xtm/tensor';
import { growthOf, sampleMemory, type MemorySample } from './memory-sample';
import { prepareSoak, trainAll } from './train-all';

const MINUTES = Number(process.env['XTM_SOAK_MINUTES'] ?? 60);
/** Growth beyond this share, after a quarter of the time for warming up, is a leak. */
const ALLOWED = 0.05;

/**
 * A program: trains model after model for an hour, both phases each, and says how memory went; exit code 1 if it grew.
 */
async function main(): Promise<void> {
  const { backend, path } = await useBackend('wasm');
  const parts = await prepareSoak();
  const startedAt = performance.now();
  const minutes = (): number => (performance.now() - startedAt) / 60_000;
  const samples: MemorySample[] = [];
  for (let round = 0; minutes() < MINUTES; round++) {
    await trainAll(parts, round);
    const sample = sampleMemory(minutes());
    samples.push(sample);
    process.stdout.write(
      `${sample.minutes.toFixed(1)} min  resident ${sample.resident.toFixed(0)} MiB  heap ${sample.heap.toFixed(1)} ` +
        ` buffers ${sample.buffers.toFixed(1)}  tensors ${sample.tensors}\n`,
    );
  }
  const growth = {
    resident: growthOf(samples, 'resident'),
    heap: growthOf(samples, 'heap'),
    buffers: growthOf(samples, 'buffers'),
    tensors: growthOf(samples, 'tensors'),
  };
  process.stdout.write(
    `${JSON.stringify({ backend, path, node: process.versions.node, rounds: samples.length, minutes: minutes(), growth }, undefined, 2)}\n`,
  );
  process.exitCode = Object.values(growth).some(({ share }) => share > ALLOWED) || growth.tensors.share > 0 ? 1 : 0;
}

await main();
