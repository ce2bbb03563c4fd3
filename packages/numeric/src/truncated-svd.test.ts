import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { InvalidOptionError } from '@xtm/contracts';
import { type DoubleMatrix, multiply } from './matrix';
import { SeededGenerator } from './seeded-generator';
import { randomMatrix, sparseFromDense } from './testing';
import { orthogonalProcrustes, truncatedSvd, type TruncatedSvd } from './truncated-svd';

function reconstruct({ left, values, right }: TruncatedSvd): DoubleMatrix {
  const scaled = { ...left, data: left.data.map((value, i) => value * values[i % left.columns]!) };
  return multiply(scaled, right, { transposeSecond: true });
}

function expectOrthonormal(matrix: DoubleMatrix): void {
  const gram = multiply(matrix, matrix, { transposeFirst: true });
  gram.data.forEach((value, i) => expect(value).toBeCloseTo(i % (gram.columns + 1) === 0 ? 1 : 0, 9));
}

describe('truncatedSvd', () => {
  it.each([[40, 12], [12, 40], [1, 7], [7, 1]])('gives back a %i × %i matrix at full rank', (rows, columns) => {
    const generator = new SeededGenerator(1);
    const matrix = randomMatrix(rows, columns, generator);
    const svd = truncatedSvd(matrix, { rank: Math.min(rows, columns), generator });
    reconstruct(svd).data.forEach((value, i) => expect(value).toBeCloseTo(matrix.data[i]!, 6));
    expectOrthonormal(svd.left);
    expectOrthonormal(svd.right);
  });

  it('finds the leading triples of a larger matrix as a full decomposition does', () => {
    const generator = new SeededGenerator(2);
    const noise = randomMatrix(200, 80, generator);
    const signal = multiply(randomMatrix(200, 5, generator), randomMatrix(5, 80, generator));
    const data = noise.data.map((value, i) => 0.1 * value + signal.data[i]!);
    const exact = new SingularValueDecomposition(Matrix.from1DArray(200, 80, data));
    const svd = truncatedSvd({ rows: 200, columns: 80, data }, { rank: 8, generator });
    for (let k = 0; k < 5; k++) {
      expect(svd.values[k]).toBeCloseTo(exact.diagonal[k]!, 6);
      const sign = Math.sign(svd.left.data[k]! * exact.leftSingularVectors.get(0, k));
      for (let r = 0; r < 200; r++)
        expect(svd.left.data[r * 8 + k]).toBeCloseTo(sign * exact.leftSingularVectors.get(r, k), 5);
    }
    for (let k = 5; k < 8; k++) expect(svd.values[k]! / exact.diagonal[k]!).toBeGreaterThan(0.98);
  });

  it('treats sparse rows as the dense matrix they stand for', () => {
    const rows = [[0, 2, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0], [3, 0, 1, 0], [0, 1, 1, 0]];
    const dense = { rows: 5, columns: 4, data: Float32Array.from(rows.flat()) };
    const fromSparse = truncatedSvd(sparseFromDense(rows, 4), { rank: 3, generator: new SeededGenerator(5) });
    const fromDense = truncatedSvd(dense, { rank: 3, generator: new SeededGenerator(5) });
    fromSparse.left.data.forEach((value, i) => expect(value).toBeCloseTo(fromDense.left.data[i]!, 9));
  });

  it('has zero values, not noise, beyond the rank of the matrix', () => {
    const data = Float32Array.from({ length: 60 }, (_, i) => (Math.floor(i / 6) + 1) * ((i % 6) + 1));
    const svd = truncatedSvd({ rows: 10, columns: 6, data }, { rank: 3, generator: new SeededGenerator(5) });
    expect(svd.values[1]! / svd.values[0]!).toBeLessThan(1e-7);
    expect(svd.left.data.every(Number.isFinite)).toBe(true);
  });

  it('makes the largest entry of every right vector positive', () => {
    const generator = new SeededGenerator(8);
    const { right } = truncatedSvd(randomMatrix(30, 20, generator), { rank: 6, generator });
    for (let k = 0; k < 6; k++) {
      const column = Array.from({ length: 20 }, (_, r) => right.data[r * 6 + k]!);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
    }
  });

  it('refuses a rank that the matrix cannot have', () => {
    const generator = new SeededGenerator(8);
    expect(() => truncatedSvd(randomMatrix(3, 20, generator), { rank: 4, generator })).toThrow(InvalidOptionError);
  });
});

describe('orthogonalProcrustes', () => {
  const generator = new SeededGenerator(4);
  const rotation = truncatedSvd(randomMatrix(6, 6, generator), { rank: 6, generator }).left;
  const source = randomMatrix(50, 6, generator);

  it('recovers the rotation between two sets of points', () => {
    orthogonalProcrustes(source, multiply(source, rotation)).data.forEach((value, i) =>
      expect(value).toBeCloseTo(rotation.data[i]!, 9),
    );
  });

  it('is orthogonal and no worse than the true rotation under noise', () => {
    const target = multiply(source, rotation);
    const noisy = { ...target, data: target.data.map((value) => value + 0.3 * generator.normal()) };
    const found = orthogonalProcrustes(source, noisy);
    multiply(found, found, { transposeFirst: true }).data.forEach((value, i) =>
      expect(value).toBeCloseTo(i % 7 === 0 ? 1 : 0, 9),
    );
    const error = (map: typeof found): number =>
      multiply(source, map).data.reduce((sum, value, i) => sum + (value - noisy.data[i]!) ** 2, 0);
    expect(error(found)).toBeLessThanOrEqual(error(rotation));
  });
});
