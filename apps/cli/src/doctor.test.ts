import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommandWith } from './testing/run-command';
import type { Finding } from './wiring/finding';

const folder = mkdtempSync(join(tmpdir(), 'xtm-doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function findGpu(path: string): Promise<Finding> {
  const { findings } = JSON.parse((await runCommandWith({ PATH: path }, 'doctor', '--json')).out) as { findings: Finding[] };
  return findings.find(({ name }) => name === 'GPU')!;
}

describe('xtm doctor', () => {
  it('names card, driver and CUDA, and says why the GPU is not used', async () => {
    const script = `#!/bin/sh
case "$1" in
  --query-gpu*) echo 'NVIDIA GeForce RTX 4090, 24564, 8.9, 550.54.15';;
  *) echo '| NVIDIA-SMI 550.54.15   Driver Version: 550.54.15   CUDA Version: 12.4 |';;
esac
`;
    writeFileSync(join(folder, 'nvidia-smi'), script, { mode: 0o755 });
    const { detail, advice } = await findGpu([folder, '/usr/bin', '/bin'].join(delimiter));
    expect(detail).toMatch(/^not used: NVIDIA GeForce RTX 4090 \(24 GiB, compute capability 8\.9\), driver 550\.54\.15, CUDA up to 12\.4: .*set up.*CUDA 11\.2 does not know this card/);
    expect(advice).toBe('npm run setup:tensorflow -- --gpu');
  });

  it('says that there is no driver', async () => {
    const { present, detail } = await findGpu(join(folder, 'nowhere'));
    expect(present).toBe(false);
    expect(detail).toContain('no NVIDIA driver');
  });
});
