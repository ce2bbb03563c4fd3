import { AlignmentJob, type SideBuffers } from '../alignment/alignment-job';
import { planAlignment, type AlignmentPlan, type PositivePairs } from '../alignment/alignment-plan';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { requireValidRows } from './require-valid-rows';
import { allowedThreads } from './run-kernel';

export interface MutualInformationAttributes {
  readonly positives: PositivePairs;
  readonly temperature: number;
}

/** What was prepared for a set of positives. */
interface Prepared {
  readonly plan: AlignmentPlan;
  /** By the width of the vectors. */
  readonly jobs: Map<number, AlignmentJob>;
}

/** InfoCTM's alignment of unit word vectors; the value and the gradients come from one pass. */
export const mutualInformationKernels: KernelFamily = (heap) => {
  const known = new WeakMap<PositivePairs, Prepared>();
  const prepare = (positives: PositivePairs): Prepared => {
    positives.forEach(requireValidRows);
    const prepared = { plan: planAlignment(positives), jobs: new Map<number, AlignmentJob>() };
    known.set(positives, prepared);
    return prepared;
  };
  const jobFor = ({ plan, jobs }: Prepared, width: number): AlignmentJob => {
    const job = jobs.get(width) ?? new AlignmentJob(plan, width);
    jobs.set(width, job);
    return job;
  };
  return [
    defineKernel<'vectors1' | 'vectors2', MutualInformationAttributes>('XtmMutualInformation', ({ vectors1, vectors2 }, { positives, temperature }) => {
      const prepared = known.get(positives) ?? prepare(positives);
      const outputs = [heap.output([]), heap.output(vectors1.shape), heap.output(vectors2.shape)] as const;
      const buffersOf = (vectors: number, gradients: number): SideBuffers => ({
        read: (target) => heap.copyTo(vectors, target),
        write: (source) => heap.write(gradients, source),
      });
      const sides = [buffersOf(heap.address(vectors1), heap.address(outputs[1])), buffersOf(heap.address(vectors2), heap.address(outputs[2]))] as const;
      const loss = jobFor(prepared, vectors1.shape[1]!).compute(prepared.plan.swapped ? [sides[1], sides[0]] : sides, temperature, allowedThreads());
      heap.write(heap.address(outputs[0]), Float32Array.of(loss));
      return [...outputs];
    }),
  ];
};
