import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { writeModelFolder } from '@xtm/embedder/testing';
import type { InstallationFinding as Finding } from '@xtm/pipeline';
import { runCommandWith } from './testing/run-command';

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

  it('lists the encoders that are there, and says how to fetch a small one where there is none', async () => {
    const findings = async (): Promise<Finding[]> => (JSON.parse((await runCommandWith({ XTM_CACHE: folder }, 'doctor', '--json')).out) as { findings: Finding[] }).findings;
    expect((await findings()).at(-1)).toMatchObject({ name: 'encoders', present: false, advice: 'xtm models fetch multilingual-e5-small --precision int8' });
    const place = join(folder, 'models', 'Xenova--multilingual-e5-small');
    await writeModelFolder(place, { graph: 'onnx/model_quantized.onnx' });
    expect((await findings()).at(-1)).toMatchObject({ name: 'encoder multilingual-e5-small', present: true, detail: expect.stringMatching(/^int8, 384 dimensions, \d+ MB in .*Xenova--multilingual-e5-small$/) as string });
    expect((await runCommandWith({ XTM_CACHE: folder }, 'models', 'list')).out).toMatch(/multilingual-e5-small +487 +135 +384 +512 +MIT +int8\n/);
  });

  it('says that there is no driver', async () => {
    const { present, detail } = await findGpu(join(folder, 'nowhere'));
    expect(present).toBe(false);
    expect(detail).toContain('no NVIDIA driver');
  });
});
