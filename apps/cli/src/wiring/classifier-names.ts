import type { ClassifierName } from '@xtm/pipeline';

/** What `--classifiers` takes. */
export const CLASSIFIER_CHOICES = {
  linear: ['linear'],
  rbf: ['rbf'],
  'nearest-neighbours': ['nearestNeighbours'],
  both: ['linear', 'rbf'],
  all: ['linear', 'rbf', 'nearestNeighbours'],
  none: [],
} as const satisfies Readonly<Record<string, readonly ClassifierName[]>>;

export type ClassifierChoice = keyof typeof CLASSIFIER_CHOICES;

export function classifierNames(choice: ClassifierChoice): readonly ClassifierName[] {
  return CLASSIFIER_CHOICES[choice];
}
