import type { SparseRows } from '@xtm/contracts';
import { defineKernel, type KernelFamily } from './kernel-definition';
import { requireValidRows } from './require-valid-rows';

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
    const [indptr, indices, values] = heap.place([sparse.indptr, sparse.indices, sparse.values]) as [number, number, number];
    kernels.sparseTimesDense(sparse.rows, indptr, indices, values, heap.address(dense), width, bias ? heap.address(bias) : 0, heap.address(output));
    return [output];
  }),
  defineKernel<'dense', { sparse: SparseRows }>('XtmSparseTransposeTimesDense', ({ dense }, { sparse }) => {
    requireValidRows(sparse);
    const width = dense.shape[1]!;
    const output = heap.output([sparse.columns, width]);
    const [indptr, indices, values] = heap.place([sparse.indptr, sparse.indices, sparse.values]) as [number, number, number];
    kernels.sparseTransposeTimesDense(sparse.rows, sparse.columns, indptr, indices, values, heap.address(dense), width, heap.address(output));
    return [output];
  }),
  defineKernel<'dense' | 'addend', DenseSparseAttributes>('XtmDenseTimesSparse', ({ dense, addend }, { sparse, rowConstants, scale, addendScale }) => {
    requireValidRows(sparse);
    const height = dense.shape[0]!;
    const output = heap.output([height, sparse.columns]);
    const [indptr, indices, values, constants] = heap.place([sparse.indptr, sparse.indices, sparse.values, rowConstants ?? 0]) as [number, number, number, number];
    kernels.denseTimesSparse(
      height, sparse.rows, sparse.columns, heap.address(dense), indptr, indices, values, rowConstants ? constants : 0,
      scale, addend ? heap.address(addend) : 0, addendScale, heap.address(output),
    );
    return [output];
  }),
  defineKernel<'dense', DenseSparseAttributes>('XtmDenseTimesSparseTranspose', ({ dense }, { sparse, rowConstants, scale }) => {
    requireValidRows(sparse);
    const height = dense.shape[0]!;
    const output = heap.output([height, sparse.rows]);
    const [indptr, indices, values, constants] = heap.place([sparse.indptr, sparse.indices, sparse.values, rowConstants ?? 0]) as [number, number, number, number];
    kernels.denseTimesSparseTranspose(
      height, sparse.rows, sparse.columns, heap.address(dense), indptr, indices, values, rowConstants ? constants : 0, scale, heap.address(output),
    );
    return [output];
  }),
];
