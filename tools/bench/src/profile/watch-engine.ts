import * as tf from '@tensorflow/tfjs-core';
import { SeededGenerator } from '@xtm/numeric';
import type { TimeLedger } from './time-ledger';

/**
 * Has the ledger charged with every kernel of the current backend, with elements written to and read from it, with
 * noise, and with the phases of computing a gradient, until the function that is returned is called.
 *
 * Kernels are synchronous on wasm and cpu; where a backend only starts them, as on a GPU, their entries hold the start,
 * and reading waits for the rest.
 */
export function watchEngine(ledger: TimeLedger): () => void {
  const undo = [watchKernels(ledger), watchTransfers(ledger), watchNoise(ledger), watchGradients(ledger)];
  return () => undo.forEach((restore) => restore());
}

function watchKernels(ledger: TimeLedger): () => void {
  const originals = tf.getKernelsForBackend(tf.getBackend());
  for (const kernel of originals) {
    replaceKernel({
      ...kernel,
      kernelFunc: (call) =>
        ledger.run(
          kernel.kernelName,
          () => describeShapes(call.inputs, call.attrs),
          () => kernel.kernelFunc(call),
        ),
    });
  }
  return () => originals.forEach(replaceKernel);
}

function replaceKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

/**
 * `128×50, 50×5000`, the same shape several times as `5000×100 (4)`; sparse rows, which kernels take as attributes, by
 * the size that they would have if they were dense.
 */
function describeShapes(inputs: tf.NamedTensorInfoMap, attributes: object = {}): string {
  const dense = Object.values(inputs)
    .flat()
    .map((tensor) => tensor?.shape.join('×') || 'scalar');
  const sparse = Object.values(attributes)
    .flat()
    .filter(isSparse)
    .map(({ rows, columns }) => `sparse ${rows}×${columns}`);
  const counts = new Map<string, number>();
  for (const shape of [...dense, ...sparse]) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return [...counts].map(([shape, count]) => (count === 1 ? shape : `${shape} (${count})`)).join(', ');
}

function isSparse(value: unknown): value is { readonly rows: number; readonly columns: number } {
  return typeof value === 'object' && value !== null && 'indptr' in value && 'rows' in value && 'columns' in value;
}

function watchTransfers(ledger: TimeLedger): () => void {
  const backend = tf.backend();
  const undo = [
    chargeMethod(backend, 'write', '(write)', ledger),
    chargeMethod(backend, 'move', '(write)', ledger),
    chargeMethod(backend, 'readSync', '(read)', ledger),
  ];
  return () => undo.forEach((restore) => restore());
}

function watchNoise(ledger: TimeLedger): () => void {
  const undo = [
    chargeMethod(SeededGenerator.prototype, 'fillNormal', '(noise)', ledger),
    chargeMethod(SeededGenerator.prototype, 'fillUniform', '(noise)', ledger),
  ];
  return () => undo.forEach((restore) => restore());
}

const NO_SHAPES = (): string => '';

type Method = (this: unknown, ...call: unknown[]) => unknown;

/** Charges what a method takes to an operation; returns what takes that back. */
function chargeMethod<Name extends string>(
  target: { [Key in Name]: unknown },
  name: Name,
  operation: string,
  ledger: TimeLedger,
): () => void {
  const original = target[name] as Method;
  return replaceMethod(target, name, function (...call) {
    return ledger.run(operation, NO_SHAPES, () => original.apply(this, call));
  });
}

/** All that TensorFlow.js differentiates, by whichever function, goes through one method of its engine. */
function watchGradients(ledger: TimeLedger): () => void {
  const engine = tf.engine();
  const original = engine.gradients.bind(engine) as Method;
  return replaceMethod(engine, 'gradients', (loss, ...rest) => {
    const forward = (): unknown => {
      ledger.startPhase('forward');
      const value = (loss as () => unknown)();
      ledger.startPhase('gradient');
      return value;
    };
    const result = original(forward, ...rest);
    ledger.startPhase('update');
    return result;
  });
}

/** Puts a function in a method's place, on this object only; returns what takes it back. */
function replaceMethod<Name extends string>(
  target: { [Key in Name]: unknown },
  name: Name,
  replacement: Method,
): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value: replacement, configurable: true, writable: true });
  return () => {
    if (own === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, own);
  };
}
