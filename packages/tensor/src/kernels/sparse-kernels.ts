import type { SparseRows } from '@xtm/contracts';
import type { PositivePairs } from '@xtm/losses';
import { AlignmentJob, type SideBuffers } from '../shared/alignment';
import { type AlignmentPlan, planAlignment } from '../shared/alignment-plan';
import { allowedThreads, defineKernel, type KernelFamily, requireValidRows } from './kernel';

/** What the product of a dense and a sparse matrix is scaled by and added to; see `denseSparse`. */
export interface DenseSparseAttributes {
  readonly sparse: SparseRows;
  readonly rowConstants: Float32Array | undefined;
  readonly scale: number;
  readonly addendScale: number;
}

/** Products of sparse and dense matrices. */
export const sparseKernels: KernelFamily = (heap, kernels) => [
  defineKernel<'dense' | 'bias', { sparse: SparseRows }>('XtmSparseTimesDense', ({ dense, bias }, { sparse }) => {
    requireValidRows(sparse);
    const width = dense.shape[1]!;
    const output = heap.output([sparse.rows, width]);
    const [indptr, indices, values] = heap.place([sparse.indptr, sparse.indices, sparse.values]) as [
      number,
      number,
      number,
    ];
    kernels.sparseTimesDense(
      sparse.rows,
      indptr,
      indices,
      values,
      heap.address(dense),
      width,
      bias ? heap.address(bias) : 0,
      heap.address(output),
    );
    return [output];
  }),
  defineKernel<'dense', { sparse: SparseRows }>('XtmSparseTransposeTimesDense', ({ dense }, { sparse }) => {
    requireValidRows(sparse);
    const width = dense.shape[1]!;
    const output = heap.output([sparse.columns, width]);
    const [indptr, indices, values] = heap.place([sparse.indptr, sparse.indices, sparse.values]) as [
      number,
      number,
      number,
    ];
    kernels.sparseTransposeTimesDense(
      sparse.rows,
      sparse.columns,
      indptr,
      indices,
      values,
      heap.address(dense),
      width,
      heap.address(output),
    );
    return [output];
  }),
  defineKernel<'dense' | 'addend', DenseSparseAttributes>(
    'XtmDenseTimesSparse',
    ({ dense, addend }, { sparse, rowConstants, scale, addendScale }) => {
      requireValidRows(sparse);
      const height = dense.shape[0]!;
      const output = heap.output([height, sparse.columns]);
      const [indptr, indices, values, constants] = heap.place([
        sparse.indptr,
        sparse.indices,
        sparse.values,
        rowConstants ?? 0,
      ]) as [number, number, number, number];
      kernels.denseTimesSparse(
        height,
        sparse.rows,
        sparse.columns,
        heap.address(dense),
        indptr,
        indices,
        values,
        rowConstants ? constants : 0,
        scale,
        addend ? heap.address(addend) : 0,
        addendScale,
        heap.address(output),
      );
      return [output];
    },
  ),
  defineKernel<'dense', DenseSparseAttributes>(
    'XtmDenseTimesSparseTranspose',
    ({ dense }, { sparse, rowConstants, scale }) => {
      requireValidRows(sparse);
      const height = dense.shape[0]!;
      const output = heap.output([height, sparse.rows]);
      const [indptr, indices, values, constants] = heap.place([
        sparse.indptr,
        sparse.indices,
        sparse.values,
        rowConstants ?? 0,
      ]) as [number, number, number, number];
      kernels.denseTimesSparseTranspose(
        height,
        sparse.rows,
        sparse.columns,
        heap.address(dense),
        indptr,
        indices,
        values,
        rowConstants ? constants : 0,
        scale,
        heap.address(output),
      );
      return [output];
    },
  ),
];

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
    defineKernel<'vectors1' | 'vectors2', MutualInformationAttributes>(
      'XtmMutualInformation',
      ({ vectors1, vectors2 }, { positives, temperature }) => {
        const prepared = known.get(positives) ?? prepare(positives);
        const outputs = [heap.output([]), heap.output(vectors1.shape), heap.output(vectors2.shape)] as const;
        const buffersOf = (vectors: number, gradients: number): SideBuffers => ({
          read: (target) => heap.copyTo(vectors, target),
          write: (source) => heap.write(gradients, source),
        });
        const sides = [
          buffersOf(heap.address(vectors1), heap.address(outputs[1])),
          buffersOf(heap.address(vectors2), heap.address(outputs[2])),
        ] as const;
        const loss = jobFor(prepared, vectors1.shape[1]!).compute(
          prepared.plan.swapped ? [sides[1], sides[0]] : sides,
          temperature,
          allowedThreads(),
        );
        heap.write(heap.address(outputs[0]), Float32Array.of(loss));
        return [...outputs];
      },
    ),
  ];
};
