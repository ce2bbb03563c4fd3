import type { ClassifierName } from '@xtm/pipeline';

export type ClassifierChoice = ClassifierName | 'both' | 'none';

export function classifierNames(choice: ClassifierChoice): ClassifierName[] {
  if (choice === 'none') return [];
  return choice === 'both' ? ['linear', 'rbf'] : [choice];
}
