import { BackendError, BackendMissingError } from '@xtm/contracts';
import { describeNvidia, inspectNvidia, useBackend, type BackendReport, type NvidiaSystem } from '@xtm/tensor';
import type { Terminal } from '../terminal/terminal';
import type { Finding } from './finding';

const SET_UP = 'npm run setup:tensorflow';

/** The newest architecture that CUDA 11.2 knows, which the published binding is made for. */
const NEWEST_PUBLISHED_CAPABILITY = 8.6;

/** Tries the native backend, then chooses as a run does, and says of the GPU why it is used or not. */
export async function inspectBackends(environment: Terminal['environment']): Promise<Finding[]> {
  const native = await tryNative();
  const report = await useBackend('auto', { onWarning: () => undefined });
  const chosen: Finding = { name: `backend ${report.backend}`, present: true, detail: `computes here (${report.path}): ${report.reason}` };
  return [chosen, ...(report.backend === 'tensorflow' ? [] : [nativeFinding(native)]), gpuFinding(await inspectNvidia(environment), native)];
}

async function tryNative(): Promise<BackendReport | BackendError> {
  try {
    return await useBackend('tensorflow');
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
}

function nativeFinding(native: BackendReport | BackendError): Finding {
  const name = 'backend tensorflow';
  if (!(native instanceof BackendError)) return { name, present: true, detail: `works (--backend tensorflow), and is slower than wasm without a GPU; ${native.reason}` };
  return { name, present: false, detail: native.problem, advice: native instanceof BackendMissingError ? SET_UP : (native.advice ?? SET_UP) };
}

function gpuFinding(system: NvidiaSystem, native: BackendReport | BackendError): Finding {
  const name = 'GPU';
  const detail = describeNvidia(system);
  const [card] = system.cards;
  if (card === undefined) return { name, present: false, detail: `not used: ${detail}`, advice: 'an NVIDIA card and its driver (https://www.nvidia.com/drivers)' };
  if (!(native instanceof BackendError) && native.device === 'gpu') return { name, present: true, detail: `used: ${detail}` };
  const problem = native instanceof BackendError ? native.problem : 'the native binding that is set up is the one for the CPU';
  const age = card.computeCapability > NEWEST_PUBLISHED_CAPABILITY ? '; the published binding\'s CUDA 11.2 does not know this card, so that it is built against a current TensorFlow' : '';
  return { name, present: false, detail: `not used: ${detail}: ${problem}${age}`, advice: `${SET_UP} -- --gpu` };
}
