export { SeededGenerator } from './seeded-generator';
export {
  type DoubleMatrix,
  type RealMatrix,
  toDense,
  transpose,
  multiply,
  type ProductForm,
  stackRows,
  transposeRows,
} from './matrix';
export { selectDenseRows, selectRows, sparseRowsFromMaps } from './rows';
export { centreColumns, columnMeans, normaliseRows, scaleColumns } from './scaling';
export {
  topK,
  type TopEntries,
  nearestRows,
  type NearestRows,
  type NearestRowsOptions,
  crossDomainNeighbours,
  type CrossDomainNeighbours,
  mutualNeighbours,
  type ScaledNeighbours,
} from './nearest-rows';
export { truncatedSvd, type TruncatedSvd, type TruncatedSvdOptions, orthogonalProcrustes } from './truncated-svd';
export { kMeans, type KMeansOptions, type KMeansResult } from './k-means';
export { documentCooccurrence, positivePmi, type PositivePmiOptions } from './cooccurrence';
