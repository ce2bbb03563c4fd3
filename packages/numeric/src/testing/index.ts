export { naiveProduct, randomMatrix, sparseFromDense } from './matrices';
