import { InvalidOptionError, type Language, type RunOptions } from '@xtm/contracts';
import type { Classifier, TrainClassifier } from './classifier';
import { classificationScores, type ClassificationScores } from './classification-scores';
import type { LabelledFeatures } from './labelled-features';

/** Inferred documents of one language, with labels: what a classifier learns from and is tested on. */
export interface ClassificationData {
  readonly language: Language;
  readonly train: LabelledFeatures;
  readonly test: LabelledFeatures;
}

/** One cell of a classification table. */
export interface ClassificationResult extends ClassificationScores {
  /** `I` (intra): trained and tested on one language; `C` (cross): trained on another. */
  readonly kind: 'I' | 'C';
  /** Code of the language whose test documents are predicted, after which papers name the cell (EN-C is tested on English). */
  readonly testLanguage: string;
  readonly trainLanguage: string;
}

/**
 * Document classification within and across languages: a classifier is trained on each language's training documents
 * and tested on every language's test documents. Features are the inferred means mu [documents, topics].
 *
 * Results come in the order of the test languages, intra first.
 *
 * @throws InvalidOptionError where features and labels do not fit together, or a language has a single class.
 * @throws AbortedError when stopped.
 */
export async function classifyTopics(data: readonly ClassificationData[], train: TrainClassifier, run: RunOptions = {}): Promise<ClassificationResult[]> {
  data.forEach(({ test }) => checkTest(test));
  const classifiers: Classifier[] = [];
  for (const language of data) classifiers.push(await train(language.train, run));
  const results: ClassificationResult[] = [];
  for (const [tested, { language, test }] of data.entries()) {
    const others = [...data.keys()].filter((index) => index !== tested);
    for (const trained of [tested, ...others]) {
      const predictions = await classifiers[trained]!.predict(test.features, run);
      results.push({
        kind: trained === tested ? 'I' : 'C',
        testLanguage: language.code,
        trainLanguage: data[trained]!.language.code,
        ...classificationScores(test.labels, predictions),
      });
    }
  }
  return results;
}

function checkTest({ features, labels }: LabelledFeatures): void {
  const { rows } = features;
  if (rows !== labels.length) throw new InvalidOptionError('labels', labels.length, `${labels.length} labels for ${rows} test documents`);
  if (rows === 0) throw new InvalidOptionError('features', rows, 'there are no test documents');
}
