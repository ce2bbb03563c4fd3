import { InvalidOptionError } from '@xtm/contracts';

/** How well predictions match the true labels. */
export interface ClassificationScores {
  readonly accuracy: number;
  readonly macroF1: number;
}

/** Share of documents whose predicted label is the true one. Both lists [documents]. */
export function accuracy(labels: readonly string[], predictions: readonly string[]): number {
  checkLengths(labels, predictions);
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === predictions[i]) correct++;
  return correct / labels.length;
}

/**
 * Unweighted mean of the classes' F1 = 2·TP / (2·TP + FP + FN), over every class that occurs among the labels or the
 * predictions, as scikit-learn's `f1_score(average='macro')`. Both lists [documents].
 */
export function macroF1(labels: readonly string[], predictions: readonly string[]): number {
  checkLengths(labels, predictions);
  const truePositives = new Map<string, number>();
  const occurrences = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const prediction = predictions[i]!;
    occurrences.set(label, (occurrences.get(label) ?? 0) + 1);
    occurrences.set(prediction, (occurrences.get(prediction) ?? 0) + 1);
    if (label === prediction) truePositives.set(label, (truePositives.get(label) ?? 0) + 1);
  }
  let sum = 0;
  for (const [label, count] of occurrences) sum += (2 * (truePositives.get(label) ?? 0)) / count;
  return sum / occurrences.size;
}

/** Both scores at once. */
export function classificationScores(labels: readonly string[], predictions: readonly string[]): ClassificationScores {
  return { accuracy: accuracy(labels, predictions), macroF1: macroF1(labels, predictions) };
}

function checkLengths(labels: readonly string[], predictions: readonly string[]): void {
  if (labels.length !== predictions.length) {
    throw new InvalidOptionError('predictions', predictions.length, `${predictions.length} predictions for ${labels.length} labels`);
  }
}
