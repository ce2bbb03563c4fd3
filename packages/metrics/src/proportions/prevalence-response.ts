import { type DenseMatrix, InvalidOptionError } from '@xtm/contracts';
import { mean } from '../topic-scores';
import { meanProportions } from './topic-shares';

/** Labelled documents of one language. */
export interface LabelledProportions {
  /** [documents, topics]; rows sum to 1. */
  readonly proportions: DenseMatrix;
  /** [documents]. */
  readonly labels: readonly string[];
}

/** How topics' prevalence in two languages follows the languages' labels. */
export interface PrevalenceResponse {
  /** Pearson correlation of `actual` and `expected`; NaN if one of them is the same for all topics. */
  readonly correlation: number;
  /** Slope of the regression of `actual` on `expected`; NaN if no difference is expected. */
  readonly slope: number;
  /** Mean share of each topic in the first language minus that in the second: [topics]. */
  readonly actual: readonly number[];
  /** The part of it that the labels explain: [topics]. */
  readonly expected: readonly number[];
}

/**
 * Whether topics that belong to a label are more prevalent in the language that has more of it.
 *
 * The difference of mean shares splits into a part of composition and a part within labels (Kitagawa 1955). The former
 * is what the labels let one expect: Σ_label (a − b)·(s + t)/2, where a and b are the label's shares of documents in
 * the two languages, s and t the topic's mean shares in the label's documents of each. A model that keeps prevalence
 * has correlation and slope near 1; one whose proportions were levelled within each language, so that both languages
 * have the same of every topic, has slope near 0.
 *
 * Documents with a label that only one language has are left out, since nothing tells what the other would say.
 *
 * @throws InvalidOptionError if lists or topics do not fit, or the languages have no label in common.
 */
export function prevalenceResponse(first: LabelledProportions, second: LabelledProportions): PrevalenceResponse {
  if (first.proportions.columns !== second.proportions.columns) {
    throw new InvalidOptionError(
      'proportions',
      second.proportions.columns,
      `${second.proportions.columns} topics in one language, ${first.proportions.columns} in the other`,
    );
  }
  const [left, right] = [positionsByLabel(first), positionsByLabel(second)];
  const common = [...left.keys()].filter((label) => right.has(label));
  if (common.length === 0)
    throw new InvalidOptionError('labels', [...right.keys()], 'the languages have no label in common');
  const [a, b] = [composition(first, left, common), composition(second, right, common)];
  const perTopic = (difference: (topic: number) => number): number[] =>
    Array.from({ length: first.proportions.columns }, (_, topic) => difference(topic));
  const overLabels = (term: (label: number) => number): number =>
    common.reduce((sum, _, label) => sum + term(label), 0);
  const actual = perTopic((topic) =>
    overLabels((label) => a.shares[label]! * a.means[label]![topic]! - b.shares[label]! * b.means[label]![topic]!),
  );
  const expected = perTopic((topic) =>
    overLabels(
      (label) => ((a.shares[label]! - b.shares[label]!) * (a.means[label]![topic]! + b.means[label]![topic]!)) / 2,
    ),
  );
  const covariance = centredProducts(actual, expected);
  const [actualSquares, expectedSquares] = [variation(actual), variation(expected)];
  return {
    correlation: covariance / Math.sqrt(actualSquares * expectedSquares),
    slope: covariance / expectedSquares,
    actual,
    expected,
  };
}

/** Sum of squares around the mean; NaN if it is zero but for rounding, so that nothing is divided by it. */
function variation(differences: readonly number[]): number {
  const squares = centredProducts(differences, differences);
  return squares < 1e-24 ? Number.NaN : squares;
}

function positionsByLabel({ proportions, labels }: LabelledProportions): Map<string, number[]> {
  if (labels.length !== proportions.rows)
    throw new InvalidOptionError('labels', labels.length, `${labels.length} labels for ${proportions.rows} documents`);
  const positions = new Map<string, number[]>();
  labels.forEach((label, document) => {
    const list = positions.get(label);
    if (list === undefined) positions.set(label, [document]);
    else list.push(document);
  });
  return positions;
}

/** Share of documents and mean proportions of each of the labels. */
function composition(
  { proportions }: LabelledProportions,
  positions: ReadonlyMap<string, readonly number[]>,
  labels: readonly string[],
) {
  const lists = labels.map((label) => positions.get(label)!);
  const total = lists.reduce((sum, list) => sum + list.length, 0);
  return {
    shares: lists.map((list) => list.length / total),
    means: lists.map((list) => meanProportions(proportions, list)),
  };
}

function centredProducts(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - centreX) * (y[i]! - centreY), 0);
}
