import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BackendError,
  BackendLibraryError,
  BackendMemoryError,
  BackendMissingError,
  CudaError,
  NoGpuError,
} from '@xtm/contracts';
import type { NvidiaSystem } from './nvidia-system';
import { explainImport, explainOperation, explainUnusedGpu } from './tensorflow-binding';

const GPU_PACKAGE = '@tensorflow/tfjs-node-gpu';

async function importError(path: string): Promise<unknown> {
  try {
    await import(path);
  } catch (error) {
    return error;
  }
  throw new Error(`${path} could be imported`);
}

describe('a binding that cannot be imported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-binding-'));
  const copy = join(folder, 'tfjs-node-gpu');

  beforeAll(() => {
    const original = dirname(createRequire(__filename).resolve(`${GPU_PACKAGE}/package.json`));
    const own = ['deps', 'lib', 'build'].map((name) => join(original, name));
    cpSync(original, copy, { recursive: true, filter: (path) => !own.includes(path) });
    symlinkSync(dirname(dirname(original)), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a missing package', async () => {
    const error = explainImport('@tensorflow/nowhere', await importError('@tensorflow/nowhere'));
    expect(error).toBeInstanceOf(BackendMissingError);
    expect(error).toMatchObject({
      message: expect.stringContaining('@tensorflow/nowhere is not installed'),
      advice: expect.stringContaining('npm ci'),
    });
  });

  it('is a package whose binding was never set up', async () => {
    const error = explainImport(GPU_PACKAGE, await importError(join(copy, 'dist', 'index.js')));
    expect(error).toBeInstanceOf(BackendMissingError);
    expect(error).toMatchObject({
      message: expect.stringContaining('not set up'),
      advice: expect.stringContaining('npm run setup:tensorflow'),
    });
  });

  it('is a binding that the system cannot load', async () => {
    mkdirSync(join(copy, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(join(copy, 'lib', 'napi-v8', 'tfjs_binding.node'), 'no library');
    const error = explainImport(GPU_PACKAGE, await importError(join(copy, 'dist', 'index.js')));
    expect(error).toBeInstanceOf(BackendLibraryError);
    expect(error).toMatchObject({
      backend: 'tensorflow',
      message: expect.stringContaining('tfjs_binding.node'),
      cause: expect.anything(),
    });
  });

  it('is a missing or another libtensorflow', () => {
    for (const problem of [
      'libtensorflow_cc.so.2: cannot open shared object file: No such file or directory',
      '/lib/tfjs_binding.node: undefined symbol: TFE_NewContext',
    ]) {
      const error = explainImport(GPU_PACKAGE, new Error(`${problem}\nRequire stack: …`));
      expect(error).toBeInstanceOf(BackendLibraryError);
      expect(error.message.endsWith(problem)).toBe(true);
    }
  });

  it('keeps the reason where it is an unknown one', () => {
    const error = explainImport(GPU_PACKAGE, new TypeError('something else'));
    expect(error.constructor).toBe(BackendError);
    expect(error.message).toContain('something else');
  });
});

describe('a binding for GPUs that computes on the CPU', () => {
  const system: NvidiaSystem = {
    cards: [{ name: 'NVIDIA H100', memory: 81559, computeCapability: 9 }],
    driver: '550.54',
    cuda: '12.4',
  };

  it('has no card', () => {
    const error = explainUnusedGpu('2.21.0', { cards: [], problem: 'there is no nvidia-smi' });
    expect(error).toBeInstanceOf(NoGpuError);
    expect(error.message).toContain('there is no nvidia-smi');
  });

  it('has the CUDA of 2020, which newer cards do not run', () => {
    const error = explainUnusedGpu('2.9.1', system);
    expect(error).toBeInstanceOf(CudaError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/NVIDIA H100.*550\.54.*12\.4.*CUDA 11\.2/),
      advice: expect.stringContaining('--gpu --build'),
    });
  });

  it('lacks the CUDA libraries that it was made for', () => {
    const error = explainUnusedGpu('2.21.0', system);
    expect(error).toBeInstanceOf(CudaError);
    expect(error).toMatchObject({
      message: expect.stringMatching(/2\.21\.0.*NVIDIA H100.*CUDA libraries/),
      advice: expect.stringContaining('driver'),
    });
  });
});

describe('an operation that fails', () => {
  it.each([
    ['Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[65536,65536]', BackendMemoryError],
    ['Invalid TF_Status: 8\nMessage: failed to allocate memory [Op:Mul]', BackendMemoryError],
    ['CUDA_ERROR_OUT_OF_MEMORY: out of memory', BackendMemoryError],
    ['Invalid TF_Status: 13\nMessage: Failed call to cuInit: CUDA_ERROR_NO_BINARY_FOR_GPU', CudaError],
    ['no kernel image is available for execution on the device', CudaError],
  ])('%s', (message, kind) => {
    const cause = new Error(message);
    expect(explainOperation(cause)).toBeInstanceOf(kind);
    expect(explainOperation(cause)).toMatchObject({
      backend: 'tensorflow',
      cause,
      advice: expect.stringContaining('`backend` wasm'),
    });
  });

  it('for another reason stays as it is', () => {
    const error = new Error('Invalid TF_Status: 3\nMessage: In[0] mismatch In[1] shape');
    expect(explainOperation(error)).toBe(error);
  });
});
