import { availableParallelism, totalmem } from 'node:os';
import type { Terminal } from '../terminal/terminal';
import type { Finding } from './finding';
import { inspectBackends } from './inspect-backends';

/** Packages that add something and may be missing. */
const OPTIONAL_PACKAGES: readonly (readonly [name: string, purpose: string])[] = [
  ['@node-rs/jieba', 'words of Chinese texts'],
  ['lindera-wasm-ipadic', 'words of Japanese texts'],
];

/** Looks at the runtime, the tensor backends, the GPU and the optional packages; nothing is changed. */
export async function inspectInstallation(environment: Terminal['environment']): Promise<Finding[]> {
  return [runtimeFinding(), ...(await inspectBackends(environment)), ...(await Promise.all(OPTIONAL_PACKAGES.map(packageFinding)))];
}

function runtimeFinding(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const detail = `Node ${process.versions.node}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB memory`;
  return major >= 20 ? { name: 'runtime', present: true, detail } : { name: 'runtime', present: false, detail, advice: 'install Node 22 from https://nodejs.org' };
}

async function packageFinding([name, purpose]: readonly [string, string]): Promise<Finding> {
  try {
    await import(name);
    return { name, present: true, detail: purpose };
  } catch {
    return { name, present: false, detail: `${purpose} (Intl.Segmenter is used instead)`, advice: `npm install ${name}` };
  }
}
