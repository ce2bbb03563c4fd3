import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeNvidia, inspectNvidia } from './nvidia-system';

const folder = mkdtempSync(join(tmpdir(), 'xtm-nvidia-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Has a program of this name answer instead of the driver's own. */
async function inspectWith(script: string) {
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return inspectNvidia({ PATH: `${folder}:/usr/bin:/bin` });
}

describe('inspectNvidia', () => {
  it('names cards, driver and CUDA version', async () => {
    const system = await inspectWith(`case "$1" in
      --query-gpu*) echo 'NVIDIA H100 PCIe, 81559, 9.0, 550.54.15'; echo 'Tesla T4, 15360, 7.5, 550.54.15';;
      *) echo '| NVIDIA-SMI 550.54.15   Driver Version: 550.54.15   CUDA Version: 12.4 |';;
    esac`);
    expect(system).toEqual({
      cards: [{ name: 'NVIDIA H100 PCIe', memory: 81559, computeCapability: 9 }, { name: 'Tesla T4', memory: 15360, computeCapability: 7.5 }],
      driver: '550.54.15',
      cuda: '12.4',
    });
    expect(describeNvidia(system)).toBe('NVIDIA H100 PCIe (80 GiB, compute capability 9.0), Tesla T4 (15 GiB, compute capability 7.5), driver 550.54.15, CUDA up to 12.4');
  });

  it('says that there is no driver', async () => {
    const system = await inspectNvidia({ PATH: join(folder, 'nowhere') });
    expect(system.cards).toEqual([]);
    expect(describeNvidia(system)).toContain('no NVIDIA driver');
  });

  it('says what the driver says is wrong', async () => {
    const system = await inspectWith("echo \"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\"; exit 9");
    expect(describeNvidia(system)).toBe("nvidia-smi fails: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.");
    expect(describeNvidia(await inspectWith('exit 0'))).toBe('nvidia-smi lists no card');
  });
});
