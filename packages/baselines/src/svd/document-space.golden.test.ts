import { SeededGenerator } from '@xtm/numeric';
import { comparable, readGoldenSvd, splitByLanguage } from '../testing/golden-svd';
import { documentSpace, dropDimension, languageDependence, project } from './document-space';

const { inputs, outputs } = readGoldenSvd();
const { embeddings, order } = splitByLanguage(inputs);
const space = documentSpace(embeddings, outputs.singularValues.data.length, new SeededGenerator(1));
const firstDocuments = embeddings[0]!.rows;

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-5 + 1e-4 * Math.abs(value)));
}

describe('golden baseline-svd.json', () => {
  it('has the singular values', () => expectClose(space.singularValues, outputs.singularValues.data));

  it('has the unscaled left singular vectors of u-SVD', () => expectClose(comparable(space.coordinates, order), outputs.uSvd.data));

  it('has the t statistics between the languages', () => expectClose(languageDependence(space.coordinates, firstDocuments), outputs.absT.data));

  it('drops the dimension that SVD-LR drops', () => {
    const dependence = languageDependence(space.coordinates, firstDocuments);
    const removed = dependence.indexOf(Math.max(...dependence));
    expect(removed).toBe(outputs.removed);
    expectClose(comparable(dropDimension(space, removed).coordinates, order), outputs.svdLr.data);
  });

  it('projects the embeddings to the same coordinates', () => {
    const projected = embeddings.flatMap((matrix) => [...project(matrix, space.projection).data]);
    expectClose(projected, [...space.coordinates.data]);
  });
});
