import type { RunOptions } from '@xtm/contracts';
import type { TrainClassifier } from '../classification/classifier';
import { classifyTopics, type ClassificationData } from '../classification/classify-topics';
import { trainNearestNeighbours } from '../classification/k-nearest-neighbours';
import { trainLinearSvm } from '../classification/linear-svm';
import { trainRbfSvm } from '../classification/rbf-svm';
import { perplexity } from '../perplexity';
import { mean } from '../statistics';
import type { EvaluatedDocuments, EvaluatedLanguage, EvaluationInput } from './evaluation-input';
import { joinName, languageFigures } from './figures-of-measure';
import { languagesWithout } from './languages-without';
import { Omission, type ClassificationTable, type Measure } from './measure';

const TRAINERS: Readonly<Record<ClassificationTable['classifier'], TrainClassifier>> = {
  linear: async (data) => trainLinearSvm(data),
  rbf: (data, run) => trainRbfSvm(data, {}, run),
  nearestNeighbours: async (data) => trainNearestNeighbours(data),
};

export const perplexityMeasure: Measure<'perplexity'> = {
  title: 'perplexity',
  compute({ input }) {
    const without = languagesWithout(input, ({ completion, topicWord }) => completion !== undefined && topicWord !== undefined);
    if (without !== undefined) return new Omission(`there are no half-seen test documents in ${without}`);
    const perLanguage = input.languages.map(({ completion, topicWord }) => perplexity(completion!.heldOut, { proportions: completion!.proportions, topicWord: topicWord! }));
    return { perLanguage, mean: mean(perLanguage) };
  },
  figures: languageFigures,
};

export const classificationMeasure: Measure<'classification'> = {
  title: 'classification',
  async compute({ input, options, run }) {
    if (options.classifiers.length === 0) return new Omission('no classifier was asked for');
    const features = commonFeatures(input);
    if (features === undefined) return new Omission('it needs labels and inferred documents of both splits in every language');
    const data = input.languages.map((language) => classificationData(language, features));
    const single = data.find(({ train }) => new Set(train.labels).size < 2);
    if (single !== undefined) return new Omission(`the training documents in ${single.language.code} all have the same label`);
    return classifyWithAll(data, features, options.classifiers, run);
  },
  figures: (tables, languages) => Object.fromEntries(tables.flatMap((table) => classifierFigures(table, languages.length))),
};

function classifierFigures({ classifier, results }: ClassificationTable, languages: number): [string, number][] {
  return results.flatMap(({ kind, testLanguage, trainLanguage, accuracy, macroF1 }) => {
    const cell = `${testLanguage}-${kind}${kind === 'C' && languages > 2 ? `-${trainLanguage}` : ''}`;
    return [[joinName(classifier, cell, 'accuracy'), accuracy], [joinName(classifier, cell, 'macroF1'), macroF1]] satisfies [string, number][];
  });
}

async function classifyWithAll(data: readonly ClassificationData[], features: ClassificationTable['features'], classifiers: readonly ClassificationTable['classifier'][], run: RunOptions): Promise<ClassificationTable[]> {
  const tables: ClassificationTable[] = [];
  for (const classifier of classifiers) tables.push({ classifier, features, results: await classifyTopics(data, TRAINERS[classifier], run) });
  return tables;
}

/** Means if every language has them for both splits, else proportions, else nothing. */
function commonFeatures(input: EvaluationInput): ClassificationTable['features'] | undefined {
  const usable = (documents: EvaluatedDocuments | undefined, features: 'means' | 'proportions') =>
    documents?.labels !== undefined && documents[features] !== undefined && documents.labels.length > 0;
  return (['means', 'proportions'] as const).find((features) => input.languages.every(({ train, test }) => usable(train, features) && usable(test, features)));
}

function classificationData({ language, train, test }: EvaluatedLanguage, features: 'means' | 'proportions'): ClassificationData {
  return {
    language,
    train: { features: train![features]!, labels: train!.labels! },
    test: { features: test![features]!, labels: test!.labels! },
  };
}
