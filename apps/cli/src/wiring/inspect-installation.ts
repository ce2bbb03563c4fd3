import { availableParallelism, totalmem } from 'node:os';
import { useBackend } from '@xtm/tensor';

/** One thing that xtm can use. */
export interface Finding {
  readonly name: string;
  readonly present: boolean;
  readonly detail: string;
  /** The command that would add it. */
  readonly advice?: string;
}

/** Packages that add something and may be missing. */
const OPTIONAL_PACKAGES: readonly (readonly [name: string, purpose: string])[] = [
  ['@node-rs/jieba', 'words of Chinese texts'],
  ['lindera-wasm-ipadic', 'words of Japanese texts'],
];

/** Looks at the runtime, the tensor backend and the optional packages; nothing is changed. */
export async function inspectInstallation(): Promise<Finding[]> {
  return [runtimeFinding(), ...(await backendFindings()), ...(await Promise.all(OPTIONAL_PACKAGES.map(packageFinding)))];
}

function runtimeFinding(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const detail = `Node ${process.versions.node}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB memory`;
  return major >= 20 ? { name: 'runtime', present: true, detail } : { name: 'runtime', present: false, detail, advice: 'install Node 22 from https://nodejs.org' };
}

async function backendFindings(): Promise<Finding[]> {
  const report = await useBackend('auto');
  const chosen: Finding = { name: `backend ${report.backend}`, present: true, detail: `computes here (${report.path}): ${report.reason}` };
  const passedOver = report.tried.map(({ backend, problem }): Finding => ({
    name: `backend ${backend}`,
    present: false,
    detail: problem,
    ...(backend === 'tensorflow' && { advice: 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false' }),
  }));
  return [chosen, ...passedOver];
}

async function packageFinding([name, purpose]: readonly [string, string]): Promise<Finding> {
  try {
    await import(name);
    return { name, present: true, detail: purpose };
  } catch {
    return { name, present: false, detail: `${purpose} (Intl.Segmenter is used instead)`, advice: `npm install ${name}` };
  }
}
