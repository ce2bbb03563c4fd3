import { type DenseMatrix, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { Pacing } from '../pacing';
import {
  checkColumns,
  checkTrainable,
  type Classifier,
  type LabelledFeatures,
  sortedClasses,
} from './classify-topics';
import { type PairSettings, type Points, pointsOf, rbfRow, solvePair } from './pair-svm';

export interface RbfSvmOptions {
  /** C, the weight of the loss against the regulariser: above 0; 1 by default. */
  readonly cost?: number;
  /** Width of the kernel exp(−gamma·‖x − z‖²); `scale`, the default, is 1 / (features · variance of all entries). */
  readonly gamma?: number | 'scale';
  /** Largest violation of the optimality conditions that is left; 0.001 by default. */
  readonly tolerance?: number;
  /** Memory for rows of the kernel matrix in MiB; 200 by default. */
  readonly cacheMegabytes?: number;
}

/** A support vector machine with an RBF kernel. */
export interface RbfSvm extends Classifier {
  readonly gamma: number;
  /** Distinct training documents that carry weight. */
  readonly supportVectors: number;
}

/** One class against another, over the documents of both. */
interface PairMachine {
  readonly first: number;
  readonly second: number;
  /** Positions among the support vectors, with the coefficient of each. */
  readonly support: Int32Array;
  readonly coefficients: Float64Array;
  readonly bias: number;
}

/**
 * Support vector machine with an RBF kernel: scikit-learn's `SVC` problem (C-SVM, gamma `scale`, one-vs-one with
 * majority vote, ties to the class that sorts first), by the method of libsvm.
 *
 * Documents are grouped by class in sorted order first, so labels may come in any order. Leaves the event loop room,
 * reports progress as solved pairs of classes, and stops on the signal. Time grows a little faster than the square
 * of the documents.
 *
 * @throws InvalidOptionError for a single class, lengths that differ, features that are not finite, or an option
 *   that is not above 0.
 * @throws AbortedError when stopped.
 */
export async function trainRbfSvm(
  data: LabelledFeatures,
  options: RbfSvmOptions = {},
  run: RunOptions = {},
): Promise<RbfSvm> {
  checkTrainable(data);
  const settings = pairSettings(options, data.features);
  const classes = sortedClasses(data.labels);
  const members = classes.map((label) => documentsOf(data.labels, label));
  const pacing = new Pacing('training the RBF classifier', (classes.length * (classes.length - 1)) / 2, run);
  const machines: (PairMachine & { readonly documents: Int32Array })[] = [];
  for (let first = 0; first < classes.length; first++) {
    for (let second = first + 1; second < classes.length; second++) {
      const documents = Int32Array.from([...members[first]!, ...members[second]!]);
      const signs = Float64Array.from(documents, (_, i) => (i < members[first]!.length ? 1 : -1));
      const { coefficients, bias } = await solvePair(
        pointsOf(data.features, documents),
        signs,
        settings,
        pacing,
        machines.length,
      );
      const support = Int32Array.from(coefficients.keys()).filter((i) => coefficients[i] !== 0);
      machines.push({
        first,
        second,
        documents: documents,
        support,
        coefficients: Float64Array.from(support, (i) => coefficients[i]!),
        bias,
      });
      await pacing.breathe(machines.length);
    }
  }
  return assemble(data.features, classes, machines, settings.gamma);
}

function pairSettings(
  { cost = 1, gamma = 'scale', tolerance = 1e-3, cacheMegabytes = 200 }: RbfSvmOptions,
  features: DenseMatrix,
): PairSettings {
  for (const [option, value] of Object.entries({
    cost,
    tolerance,
    cacheMegabytes,
    ...(gamma !== 'scale' && { gamma }),
  })) {
    if (!(value > 0 && Number.isFinite(value)))
      throw new InvalidOptionError(option, value, 'must be a positive number');
  }
  return {
    cost,
    tolerance,
    gamma: gamma === 'scale' ? scaledGamma(features) : gamma,
    cacheBytes: cacheMegabytes * 2 ** 20,
  };
}

/** 1 / (features · variance of all entries); 1 if all entries are equal. */
function scaledGamma({ columns, data }: DenseMatrix): number {
  let sum = 0;
  let squares = 0;
  for (const value of data) sum += value;
  const centre = sum / data.length;
  for (const value of data) squares += (value - centre) ** 2;
  return squares === 0 ? 1 : data.length / (columns * squares);
}

function documentsOf(labels: readonly string[], label: string): number[] {
  return Array.from(labels.keys()).filter((document) => labels[document] === label);
}

/** Gathers the pairs' support vectors, so that each is compared with a new document once. */
function assemble(
  features: DenseMatrix,
  classes: readonly string[],
  machines: readonly (PairMachine & { readonly documents: Int32Array })[],
  gamma: number,
): RbfSvm {
  const position = new Map<number, number>();
  const renumbered = machines.map((machine) => ({
    ...machine,
    support: machine.support.map((point) => {
      const document = machine.documents[point]!;
      if (!position.has(document)) position.set(document, position.size);
      return position.get(document)!;
    }),
  }));
  const supportVectors = pointsOf(features, [...position.keys()]);
  return {
    classes,
    gamma,
    supportVectors: supportVectors.rows,
    predict: async (documents, run) => {
      checkColumns(documents, features.columns);
      return predictByVote(pointsOf(documents), supportVectors, renumbered, classes, gamma, run);
    },
  };
}

async function predictByVote(
  documents: Points,
  supportVectors: Points,
  machines: readonly PairMachine[],
  classes: readonly string[],
  gamma: number,
  run: RunOptions = {},
): Promise<string[]> {
  const pacing = new Pacing('predicting with the RBF classifier', documents.rows, run);
  const kernel = new Float64Array(supportVectors.rows);
  const predictions: string[] = [];
  for (let document = 0; document < documents.rows; document++) {
    rbfRow(documents, document, supportVectors, gamma, kernel);
    const votes = new Int32Array(classes.length);
    for (const machine of machines) votes[decide(machine, kernel) > 0 ? machine.first : machine.second]!++;
    predictions.push(classes[votes.indexOf(Math.max(...votes))]!);
    if (pacing.due) await pacing.breathe(document + 1);
  }
  return predictions;
}

function decide({ support, coefficients, bias }: PairMachine, kernel: Float64Array): number {
  let sum = bias;
  for (let i = 0; i < support.length; i++) sum += coefficients[i]! * kernel[support[i]!]!;
  return sum;
}
