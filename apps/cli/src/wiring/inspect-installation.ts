import { findEncoders, modelsFolder } from '@xtm/embedder';
import { availableParallelism, totalmem } from 'node:os';
import type { Terminal } from '../terminal/terminal';
import type { Finding } from './finding';
import { inspectBackends } from './inspect-backends';

/** Packages that add something and may be missing. */
const OPTIONAL_PACKAGES: readonly (readonly [name: string, purpose: string])[] = [
  ['@node-rs/jieba', 'words of Chinese texts'],
  ['lindera-wasm-ipadic', 'words of Japanese texts'],
];

/** What to begin with: it runs on a laptop. */
const SMALL_ENCODER = 'multilingual-e5-small';

/** Looks at the runtime, the tensor backends, the GPU, the optional packages and the encoders that were fetched; nothing is changed. */
export async function inspectInstallation(environment: Terminal['environment']): Promise<Finding[]> {
  const packages = await Promise.all(OPTIONAL_PACKAGES.map(packageFinding));
  return [runtimeFinding(), ...(await inspectBackends(environment)), ...packages, ...(await encoderFindings(environment))];
}

function runtimeFinding(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const detail = `Node ${process.versions.node}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB memory`;
  return major >= 20 ? { name: 'runtime', present: true, detail } : { name: 'runtime', present: false, detail, advice: 'install Node 22 from https://nodejs.org' };
}

async function encoderFindings(environment: Terminal['environment']): Promise<Finding[]> {
  const folder = modelsFolder(environment);
  const encoders = await findEncoders(folder);
  if (encoders.length === 0) {
    return [{ name: 'encoders', present: false, detail: `none in ${folder}; the embedder aligned needs none`, advice: `xtm models fetch ${SMALL_ENCODER} --precision int8` }];
  }
  return encoders.map(({ name, folder: place, precisions, dimensions, bytes }) => ({
    name: `encoder ${name}`, present: true, detail: `${precisions.join(' and ')}, ${dimensions} dimensions, ${(bytes / 1e6).toFixed(0)} MB in ${place}`,
  }));
}

async function packageFinding([name, purpose]: readonly [string, string]): Promise<Finding> {
  try {
    await import(name);
    return { name, present: true, detail: purpose };
  } catch {
    return { name, present: false, detail: `${purpose} (Intl.Segmenter is used instead)`, advice: `npm install ${name}` };
  }
}
