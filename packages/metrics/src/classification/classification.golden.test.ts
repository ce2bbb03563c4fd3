import { matrixOf, readGoldenCase, type StoredArray } from '../testing/golden-case';
import { accuracy, macroF1 } from './classify-topics';
import { trainLinearSvm } from './linear-svm';
import { trainRbfSvm } from './rbf-svm';

interface SvmOutput {
  readonly accuracy: number;
  readonly macroF1: number;
  readonly predictions: readonly number[];
}

interface SvmCase {
  readonly inputs: { train: StoredArray; trainLabels: number[]; test: StoredArray; testLabels: number[] };
  readonly outputs: { linear: SvmOutput & { coef: StoredArray; intercept: StoredArray }; rbf: SvmOutput };
}

const { inputs, outputs } = readGoldenCase<SvmCase>('metric-svm');
const train = { features: matrixOf(inputs.train), labels: inputs.trainLabels.map(String) };
const test = { features: matrixOf(inputs.test), labels: inputs.testLabels.map(String) };

describe('metric-svm', () => {
  it('linear: predictions, scores and weights are those of LinearSVC', async () => {
    const svm = trainLinearSvm(train);
    const predictions = await svm.predict(test.features);
    expect(predictions).toEqual(outputs.linear.predictions.map(String));
    expect(accuracy(test.labels, predictions)).toBeCloseTo(outputs.linear.accuracy, 10);
    expect(macroF1(test.labels, predictions)).toBeCloseTo(outputs.linear.macroF1, 10);
    const coefficients = svm.coefficients.flatMap((row) => [...row]);
    expect(coefficients).toHaveLength(outputs.linear.coef.data.length);
    coefficients.forEach((value, i) => expect(Math.abs(value - outputs.linear.coef.data[i]!)).toBeLessThan(1e-6));
    svm.intercepts.forEach((value, i) => expect(Math.abs(value - outputs.linear.intercept.data[i]!)).toBeLessThan(1e-6));
  });

  it('rbf: predictions and scores are those of SVC', async () => {
    const svm = await trainRbfSvm(train);
    const predictions = await svm.predict(test.features);
    expect(predictions).toEqual(outputs.rbf.predictions.map(String));
    expect(accuracy(test.labels, predictions)).toBeCloseTo(outputs.rbf.accuracy, 10);
    expect(macroF1(test.labels, predictions)).toBeCloseTo(outputs.rbf.macroF1, 10);
  });
});
