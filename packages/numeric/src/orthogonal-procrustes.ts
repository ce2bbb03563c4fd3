import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { DoubleMatrix, RealMatrix } from './double-matrix';
import { multiply } from './multiply';

/**
 * The orthogonal map W [dimensions, dimensions] that minimises ‖source · W − target‖ (Schönemann 1966):
 * W = U·Vᵀ where sourceᵀ · target = U·S·Vᵀ. Both arguments are [points, dimensions].
 */
export function orthogonalProcrustes(source: RealMatrix, target: RealMatrix): DoubleMatrix {
  const covariance = multiply(source, target, { transposeFirst: true });
  const svd = new SingularValueDecomposition(Matrix.from1DArray(covariance.rows, covariance.columns, covariance.data));
  const rotation = svd.leftSingularVectors.mmul(svd.rightSingularVectors.transpose());
  return { rows: rotation.rows, columns: rotation.columns, data: Float64Array.from(rotation.to1DArray()) };
}
