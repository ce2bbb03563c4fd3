import { availableParallelism, totalmem } from 'node:os';
import { BackendError, BackendMissingError } from '@xtm/contracts';
import { isSegmenterInstalled, segmenterPackage } from '@xtm/data';
import { findEncoders, modelsFolder } from '@xtm/embedder';
import { describeNvidia, inspectNvidia, useBackend, type BackendReport, type NvidiaSystem } from '@xtm/tensor';

/** One thing that xtm can use. */
export interface InstallationFinding {
  readonly name: string;
  readonly present: boolean;
  readonly detail: string;
  /** The command that would add it, or what would. */
  readonly advice?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Segmenters that are packages of their own and may be missing. */
const OPTIONAL_SEGMENTERS = [
  ['jieba', 'words of Chinese texts'],
  ['lindera', 'words of Japanese texts'],
] as const;

/** What to begin with: it runs on a laptop. */
const SMALL_ENCODER = 'multilingual-e5-small';

/**
 * Looks at the runtime, the tensor backends, the GPU, the optional packages and the encoders that were fetched. It
 * chooses a backend as a run does; nothing else is changed.
 */
export async function inspectInstallation(environment: Environment = process.env): Promise<InstallationFinding[]> {
  const backends = await inspectBackends(environment);
  return [runtimeFinding(), ...backends, ...segmenterFindings(), ...(await encoderFindings(environment))];
}

function runtimeFinding(): InstallationFinding {
  const { node } = process.versions;
  const memory = Math.round(totalmem() / 2 ** 30);
  const detail = `Node ${node}, ${availableParallelism()} cores, ${memory} GiB memory`;
  const present = Number.parseInt(node, 10) >= 20;
  return { name: 'runtime', present, detail, ...(!present && { advice: 'install Node 22 from https://nodejs.org' }) };
}

function segmenterFindings(): InstallationFinding[] {
  return OPTIONAL_SEGMENTERS.map(([segmenter, purpose]) => {
    const name = segmenterPackage(segmenter)!;
    if (isSegmenterInstalled(segmenter)) return { name, present: true, detail: purpose };
    const detail = `${purpose} (Intl.Segmenter is used instead)`;
    return { name, present: false, detail, advice: `npm install ${name}` };
  });
}

async function encoderFindings(environment: Environment): Promise<InstallationFinding[]> {
  const folder = modelsFolder(environment);
  const encoders = await findEncoders(folder);
  if (encoders.length === 0) {
    const detail = `none in ${folder}; the embedder aligned needs none`;
    const advice = `xtm models fetch ${SMALL_ENCODER} --precision int8`;
    return [{ name: 'encoders', present: false, detail, advice }];
  }
  return encoders.map(({ name, folder: place, precisions, dimensions, bytes }) => {
    const size = `${dimensions} dimensions, ${(bytes / 1e6).toFixed(0)} MB`;
    return { name: `encoder ${name}`, present: true, detail: `${precisions.join(' and ')}, ${size} in ${place}` };
  });
}

const SET_UP = 'npm run setup:tensorflow';

/** The newest architecture that CUDA 11.2 knows, which the published binding is made for. */
const NEWEST_PUBLISHED_CAPABILITY = 8.6;

/** Tries the native backend, then chooses as a run does, and says of the GPU why it is used or not. */
async function inspectBackends(environment: Environment): Promise<InstallationFinding[]> {
  const native = await tryNative();
  const { backend, path, reason } = await useBackend('auto', { onWarning: () => undefined });
  const chosen = { name: `backend ${backend}`, present: true, detail: `computes here (${path}): ${reason}` };
  const others = backend === 'tensorflow' ? [] : [nativeFinding(native)];
  return [chosen, ...others, gpuFinding(await inspectNvidia(environment), native)];
}

async function tryNative(): Promise<BackendReport | BackendError> {
  try {
    return await useBackend('tensorflow');
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
}

function nativeFinding(native: BackendReport | BackendError): InstallationFinding {
  const name = 'backend tensorflow';
  if (!(native instanceof BackendError))
    return { name, present: true, detail: `works, and is slower than wasm without a GPU; ${native.reason}` };
  const advice = native instanceof BackendMissingError ? SET_UP : (native.advice ?? SET_UP);
  return { name, present: false, detail: native.problem, advice };
}

function gpuFinding(system: NvidiaSystem, native: BackendReport | BackendError): InstallationFinding {
  const name = 'GPU';
  const card = system.cards[0];
  const described = describeNvidia(system);
  if (card === undefined) {
    const advice = 'an NVIDIA card and its driver (https://www.nvidia.com/drivers)';
    return { name, present: false, detail: `not used: ${described}`, advice };
  }
  const isError = native instanceof BackendError;
  if (!isError && native.device === 'gpu') return { name, present: true, detail: `used: ${described}` };
  const problem = isError ? native.problem : 'the native binding that is set up is the one for the CPU';
  const isNew = card.computeCapability > NEWEST_PUBLISHED_CAPABILITY;
  const age = isNew
    ? "; the published binding's CUDA 11.2 does not know this card, so that it is built against a current TensorFlow"
    : '';
  return { name, present: false, detail: `not used: ${described}: ${problem}${age}`, advice: `${SET_UP} -- --gpu` };
}
