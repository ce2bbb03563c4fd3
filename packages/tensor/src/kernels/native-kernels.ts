import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SparseRows } from '@xtm/contracts';
import type { PositivePairs } from '@xtm/losses';
import type {
  ContrastSide,
  ContrastTensors,
  DecoderGradients,
  DecoderInputs,
  DecoderSizes,
  Gaussian,
  Kernels,
  NativeModule,
  Operand,
  RunningStatistics,
  WordContrast,
} from '@xtm/native';
import { planAlignment, type SidePlan } from '../shared/alignment-plan';
import type { DecodeAttributes, NormaliseAttributes } from './decoder-kernels';
import { type AdamAttributes, adamFactors, type DropoutAttributes, SWEEP_EVERY } from './dense-kernels';
import { allowedThreads, defineKernel, type KernelDefinition, requireValidRows } from './kernel';
import type { DenseSparseAttributes, MutualInformationAttributes } from './sparse-kernels';
import type { TfjsHeap } from './tfjs-heap';

/** Address that stands for an array that is not there. */
const NONE = 0;

const NO_CONSTANTS = new Float32Array(0);

/** What the definitions share: where tensors lie, and the compiled kernels for as many threads as are allowed. */
class NativeHeap {
  readonly #byThreads = new Map<number, Kernels>();

  constructor(readonly heap: TfjsHeap, readonly native: NativeModule) {}

  /** Another buffer whenever the memory has grown. */
  get memory(): ArrayBufferLike {
    return this.heap.memory.buffer;
  }

  get kernels(): Kernels {
    const threads = allowedThreads();
    const kernels = this.#byThreads.get(threads) ?? new this.native.Kernels(threads);
    this.#byThreads.set(threads, kernels);
    return kernels;
  }

  address(tensor: TensorInfo): number {
    return this.heap.address(tensor);
  }

  output(shape: readonly number[]): TensorInfo {
    return this.heap.output(shape);
  }

  scalar(value: number): TensorInfo {
    const output = this.output([]);
    this.heap.write(this.address(output), Float32Array.of(value));
    return output;
  }

  /** A matrix as a product reads it. */
  operand(tensor: TensorInfo, transposed: boolean): Operand {
    const [rows, columns] = tensor.shape as [number, number];
    const address = this.address(tensor);
    return transposed
      ? { address, rows: columns, columns: rows, rowStride: 1, columnStride: columns }
      : { address, rows, columns, rowStride: columns, columnStride: 1 };
  }
}

/** xtm's kernels compiled for the processor (`@xtm/native`), computing on the memory of tfjs-backend-wasm. */
export function nativeKernels(heap: TfjsHeap, native: NativeModule): KernelDefinition[] {
  const context = new NativeHeap(heap, native);
  return [
    ...productKernels(context),
    ...sparseKernels(context),
    ...elementwiseKernels(context),
    ...normalisationKernels(context),
    ...decoderKernels(context),
    ...posteriorKernels(context),
    ...adamKernels(context),
    mutualInformationKernel(context),
  ];
}

function productKernels(context: NativeHeap): KernelDefinition[] {
  const multiply = (a: Operand, b: Operand, constants: number): TensorInfo => {
    const output = context.output([a.rows, b.columns]);
    context.kernels.multiply(context.memory, a, b, constants, context.address(output));
    return output;
  };
  return [
    defineKernel<'a' | 'b', { transposeA: boolean; transposeB: boolean }>(
      'XtmMultiply',
      ({ a, b }, { transposeA, transposeB }) => [
        multiply(context.operand(a, transposeA), context.operand(b, transposeB), NONE),
      ],
    ),
    defineKernel<'x' | 'weights' | 'bias', object>('XtmAffine', ({ x, weights, bias }) => [
      multiply(context.operand(x, false), context.operand(weights, false), context.address(bias)),
    ]),
    defineKernel<'x', object>('XtmSumRows', ({ x }) => {
      const [rows, columns] = x.shape as [number, number];
      const output = context.output([columns]);
      context.kernels.sumRows(context.memory, rows, columns, context.address(x), context.address(output));
      return [output];
    }),
  ];
}

/** A sparse matrix as the calls take it. */
function arraysOf(sparse: SparseRows): [begins: Int32Array, columns: Int32Array, values: Float32Array] {
  requireValidRows(sparse);
  return [sparse.indptr, sparse.indices, sparse.values];
}

function sparseKernels(context: NativeHeap): KernelDefinition[] {
  return [
    defineKernel<'dense' | 'bias', { sparse: SparseRows }>('XtmSparseTimesDense', ({ dense, bias }, { sparse }) => {
      const { rows, columns } = sparse;
      const width = dense.shape[1]!;
      const arrays = arraysOf(sparse);
      const output = context.output([rows, width]);
      context.kernels.sparseTimesDense(
        context.memory, ...arrays, { rows, columns, width },
        context.address(dense), bias ? context.address(bias) : NONE, context.address(output),
      );
      return [output];
    }),
    defineKernel<'dense', { sparse: SparseRows }>('XtmSparseTransposeTimesDense', ({ dense }, { sparse }) => {
      const { rows, columns } = sparse;
      const width = dense.shape[1]!;
      const arrays = arraysOf(sparse);
      const output = context.output([columns, width]);
      context.kernels.sparseTransposeTimesDense(
        context.memory, ...arrays, { rows, columns, width }, context.address(dense), context.address(output),
      );
      return [output];
    }),
    defineKernel<'dense' | 'addend', DenseSparseAttributes>(
      'XtmDenseTimesSparse',
      ({ dense, addend }, { sparse, rowConstants = NO_CONSTANTS, scale, addendScale }) => {
        const { rows, columns } = sparse;
        const width = dense.shape[0]!;
        const arrays = arraysOf(sparse);
        const output = context.output([width, columns]);
        const terms = { scale, addend: addend ? context.address(addend) : NONE, addendScale };
        context.kernels.denseTimesSparse(
          context.memory, ...arrays, rowConstants, { rows, columns, width }, terms,
          context.address(dense), context.address(output),
        );
        return [output];
      },
    ),
    defineKernel<'dense', DenseSparseAttributes>(
      'XtmDenseTimesSparseTranspose',
      ({ dense }, { sparse, rowConstants = NO_CONSTANTS, scale }) => {
        const { rows, columns } = sparse;
        const width = dense.shape[0]!;
        const arrays = arraysOf(sparse);
        const output = context.output([width, rows]);
        context.kernels.denseTimesSparseTranspose(
          context.memory, ...arrays, rowConstants, { rows, columns, width }, scale,
          context.address(dense), context.address(output),
        );
        return [output];
      },
    ),
  ];
}

function elementwiseKernels(context: NativeHeap): KernelDefinition[] {
  const { heap } = context;
  return [
    defineKernel<'x', object>('XtmSoftplus', ({ x }) => {
      const output = context.output(x.shape);
      const size = util.sizeFromShape(x.shape);
      context.kernels.softplus(context.memory, size, context.address(x), context.address(output));
      return [output];
    }),
    defineKernel<'gradient' | 'y', object>('XtmSoftplusGradient', ({ gradient, y }) => {
      const output = context.output(y.shape);
      const addresses = [context.address(gradient), context.address(y), context.address(output)] as const;
      context.kernels.softplusGradient(context.memory, util.sizeFromShape(y.shape), ...addresses);
      return [output];
    }),
    defineKernel<'x', DropoutAttributes>('XtmDropout', ({ x }, { rate, source, rectify }) => {
      const size = util.sizeFromShape(x.shape);
      const [output, mask] = [context.output(x.shape), context.output(x.shape)];
      const maskAddress = context.address(mask);
      heap.fill(maskAddress, size, (draws) => source.fillUniform(draws));
      context.kernels.dropout(
        context.memory, size, context.address(x), maskAddress, rate, rectify, context.address(output),
      );
      return [output, mask];
    }),
    defineKernel<'gradient' | 'mask', object>('XtmDropoutGradient', ({ gradient, mask }) => {
      const output = context.output(gradient.shape);
      const addresses = [context.address(gradient), context.address(mask), context.address(output)] as const;
      context.kernels.multiplyElements(context.memory, util.sizeFromShape(gradient.shape), ...addresses);
      return [output];
    }),
  ];
}

type RunningTensors = Record<'runningMean' | 'runningVariance', TensorInfo>;

function runningOf(
  context: NativeHeap,
  { runningMean, runningVariance }: RunningTensors,
  momentum: number,
): RunningStatistics {
  return { mean: context.address(runningMean), variance: context.address(runningVariance), momentum };
}

function normalisationKernels(context: NativeHeap): KernelDefinition[] {
  return [
    defineKernel<'x' | 'shift' | keyof RunningTensors, NormaliseAttributes>(
      'XtmBatchNormalise',
      ({ x, shift, ...tensors }, { epsilon, momentum }) => {
        const [rows, columns] = x.shape as [number, number];
        const outputs = [context.output(x.shape), context.output(x.shape), context.output([columns])] as const;
        const [output, normalised, inverseDeviation] = outputs;
        context.kernels.batchNormalise(
          context.memory, rows, columns, context.address(x), context.address(shift), epsilon,
          runningOf(context, tensors, momentum),
          context.address(normalised), context.address(inverseDeviation), context.address(output),
        );
        return [...outputs];
      },
    ),
    defineKernel<'gradient' | 'normalised' | 'inverseDeviation', object>(
      'XtmBatchNormaliseGradient',
      ({ gradient, normalised, inverseDeviation }) => {
        const [rows, columns] = gradient.shape as [number, number];
        const outputs = [context.output(gradient.shape), context.output([columns])] as const;
        context.kernels.batchNormaliseGradient(
          context.memory, rows, columns, context.address(gradient), context.address(normalised),
          context.address(inverseDeviation), context.address(outputs[0]), context.address(outputs[1]),
        );
        return [...outputs];
      },
    ),
  ];
}

type DecodedTensors = Record<'theta' | 'beta' | 'shift', TensorInfo>;

/** The gradients of the losses' sum come with the losses; those of other sums are computed when they are asked for. */
function decoderKernels(context: NativeHeap): KernelDefinition[] {
  const sizesOf = ({ theta, beta }: DecodedTensors): DecoderSizes => {
    const [topics, columns] = beta.shape as [number, number];
    return { rows: theta.shape[0]!, columns, topics };
  };
  const inputsOf = ({ theta, beta, shift }: DecodedTensors, attributes: DecodeAttributes): DecoderInputs => {
    const { epsilon, floor, clamp } = attributes;
    const addresses = { theta: context.address(theta), beta: context.address(beta), shift: context.address(shift) };
    return { ...addresses, epsilon, floor, clamp };
  };
  const gradientsFor = ({ theta, beta, shift }: DecodedTensors): [TensorInfo[], DecoderGradients] => {
    const tensors = [theta, beta, shift].map(({ shape }) => context.output(shape)) as [
      TensorInfo, TensorInfo, TensorInfo,
    ];
    const [ofTheta, ofBeta, ofShift] = tensors.map((tensor) => context.address(tensor)) as [number, number, number];
    return [tensors, { theta: ofTheta, beta: ofBeta, shift: ofShift }];
  };
  const scaled = (tensor: TensorInfo, factor: number): TensorInfo => {
    const output = context.output(tensor.shape);
    const size = util.sizeFromShape(tensor.shape);
    context.kernels.scale(context.memory, size, context.address(tensor), factor, context.address(output));
    return output;
  };
  return [
    defineKernel<keyof DecodedTensors | keyof RunningTensors, DecodeAttributes>('XtmDecode', (tensors, attributes) => {
      const arrays = arraysOf(attributes.targets);
      const losses = context.output([attributes.targets.rows]);
      const [gradients, addresses] = gradientsFor(tensors);
      context.kernels.decode(
        context.memory, ...arrays, sizesOf(tensors), inputsOf(tensors, attributes),
        runningOf(context, tensors, attributes.momentum), context.address(losses), addresses,
      );
      return [losses, ...gradients];
    }),
    defineKernel<'gradient' | 'kept0' | 'kept1' | 'kept2' | keyof DecodedTensors, DecodeAttributes>(
      'XtmDecodeGradient',
      ({ gradient, kept0, kept1, kept2, ...tensors }, attributes) => {
        const factors = context.heap.read(context.address(gradient), gradient.shape[0]!);
        const [factor] = factors;
        if (factors.every((other) => other === factor))
          return [kept0, kept1, kept2].map((kept) => scaled(kept, factor!));
        const [gradients, addresses] = gradientsFor(tensors);
        context.kernels.decoderGradients(
          context.memory, ...arraysOf(attributes.targets), sizesOf(tensors), inputsOf(tensors, attributes),
          context.address(gradient), addresses,
        );
        return gradients;
      },
    ),
  ];
}

function posteriorKernels(context: NativeHeap): KernelDefinition[] {
  const gaussian = (mean: TensorInfo, logVariance: TensorInfo): Gaussian => ({
    mean: context.address(mean),
    logVariance: context.address(logVariance),
  });
  return [
    defineKernel<'mean' | 'logVariance' | 'noise', object>('XtmDrawSoftmax', ({ mean, logVariance, noise }) => {
      const [rows, columns] = mean.shape as [number, number];
      const output = context.output(mean.shape);
      context.kernels.drawSoftmax(
        context.memory, rows, columns, gaussian(mean, logVariance), context.address(noise), context.address(output),
      );
      return [output];
    }),
    defineKernel<'gradient' | 'logVariance' | 'noise' | 'softmax', object>(
      'XtmDrawSoftmaxGradient',
      ({ gradient, logVariance, noise, softmax }) => {
        const [rows, columns] = gradient.shape as [number, number];
        const outputs = [context.output(gradient.shape), context.output(gradient.shape)] as const;
        context.kernels.drawSoftmaxGradient(
          context.memory, rows, columns, context.address(logVariance), context.address(noise),
          context.address(softmax), context.address(gradient), gaussian(...outputs),
        );
        return [...outputs];
      },
    ),
    defineKernel<'mean' | 'logVariance' | 'priorMean' | 'priorLogVariance', object>(
      'XtmGaussianKl',
      ({ mean, logVariance, priorMean, priorLogVariance }) => {
        const [rows, columns] = mean.shape as [number, number];
        const own = [context.output(mean.shape), context.output(mean.shape)] as const;
        // A prior for all documents is constant.
        const isConstant = priorMean.shape[0] !== rows;
        const others = isConstant ? [] : [context.output(mean.shape), context.output(mean.shape)];
        const divergence = context.kernels.gaussianKl(
          context.memory, rows, columns, gaussian(mean, logVariance),
          gaussian(priorMean, priorLogVariance), priorMean.shape[0]!,
          gaussian(...own), isConstant ? { mean: NONE, logVariance: NONE } : gaussian(others[0]!, others[1]!),
        );
        return [context.scalar(divergence), ...own, ...others];
      },
    ),
  ];
}

function adamKernels(context: NativeHeap): KernelDefinition[] {
  return [
    defineKernel<'parameter' | 'gradient' | 'first' | 'second', AdamAttributes>(
      'XtmAdam',
      ({ parameter, gradient, first, second }, attributes) => {
        const { kernels, memory } = context;
        const size = util.sizeFromShape(parameter.shape);
        const addresses = {
          parameter: context.address(parameter),
          gradient: context.address(gradient),
          first: context.address(first),
          second: context.address(second),
        };
        kernels.adam(memory, size, addresses, adamFactors(attributes));
        if (attributes.steps % SWEEP_EVERY === 0) {
          kernels.sweepNegligible(memory, size, addresses.first);
          kernels.sweepNegligible(memory, size, addresses.second);
        }
        context.heap.markChanged(parameter, size);
        return [];
      },
    ),
    defineKernel<'x', object>('XtmSumOfSquares', ({ x }) => [
      context.scalar(context.kernels.sumOfSquares(context.memory, util.sizeFromShape(x.shape), context.address(x))),
    ]),
  ];
}

function mutualInformationKernel(context: NativeHeap): KernelDefinition {
  const known = new WeakMap<PositivePairs, { readonly contrast: WordContrast; readonly swapped: boolean }>();
  const prepare = (positives: PositivePairs): { contrast: WordContrast; swapped: boolean } => {
    positives.forEach(requireValidRows);
    const { first, second, swapped } = planAlignment(positives);
    const prepared = { contrast: new context.native.WordContrast(contrastSide(first), contrastSide(second)), swapped };
    known.set(positives, prepared);
    return prepared;
  };
  return defineKernel<'vectors1' | 'vectors2', MutualInformationAttributes>(
    'XtmMutualInformation',
    ({ vectors1, vectors2 }, { positives, temperature }) => {
      const { contrast, swapped } = known.get(positives) ?? prepare(positives);
      const gradients = [context.output(vectors1.shape), context.output(vectors2.shape)] as const;
      const sides = [vectors1, vectors2].map((vectors, side): ContrastTensors => ({
        vectors: context.address(vectors),
        gradients: context.address(gradients[side]!),
      })) as [ContrastTensors, ContrastTensors];
      const [first, second] = swapped ? [sides[1], sides[0]] : sides;
      const width = vectors1.shape[1]!;
      const loss = contrast.compute(context.kernels, context.memory, first, second, width, temperature);
      return [context.scalar(loss), ...gradients];
    },
  );
}

function contrastSide({ count, anchors, order, indptr, indices, weights, otherWeights }: SidePlan): ContrastSide {
  return { count, anchors, order, begins: indptr, others: indices, weights, otherWeights };
}
