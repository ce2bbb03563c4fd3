import * as tf from '@tensorflow/tfjs-core';
import { allowsKernels } from './run-kernel';

/**
 * Makes `tf.matMul` use xtm's product wherever both operands are plain matrices: TensorFlow.js' own is 2 to 10 times
 * slower, and keeps packed copies of right operands that xtm changes in place.
 */
export function replaceMatMul(backendName: string): void {
  const original = tf.getKernel(tf.BatchMatMul, backendName)!;
  const multiply = tf.getKernel('XtmMultiply', backendName)!;
  tf.unregisterKernel(tf.BatchMatMul, backendName);
  tf.registerKernel({
    kernelName: tf.BatchMatMul,
    backendName,
    kernelFunc: (call) => {
      const { a, b } = call.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      if (!allowsKernels() || ![a, b].every(isMatrix)) return original.kernelFunc(call);
      const [product] = multiply.kernelFunc(call) as tf.TensorInfo[];
      return product!;
    },
  });
}

function isMatrix({ shape, dtype }: tf.TensorInfo): boolean {
  return shape.length === 2 && dtype === 'float32';
}
