import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { PositivePairs } from '@xtm/losses';
import type {
  ContrastSide,
  ContrastTensors,
  DecoderGradients,
  DecoderInputs,
  DecoderSizes,
  Gaussian,
  RunningStatistics,
  WordContrast,
} from '@xtm/native';
import { planAlignment, type SidePlan } from '../shared/alignment-plan';
import type { DecodeAttributes, NormaliseAttributes } from './decoder-kernels';
import { defineKernel, type KernelDefinition, requireValidRows } from './kernel';
import { arraysOf, type NativeHeap, NONE } from './native-heap';
import type { MutualInformationAttributes } from './sparse-kernels';

/** What models are made of: normalisation, decoders, posteriors, word contrast. */
export function nativeModelKernels(context: NativeHeap): KernelDefinition[] {
  return [
    ...normalisationKernels(context),
    ...decoderKernels(context),
    ...posteriorKernels(context),
    mutualInformationKernel(context),
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
