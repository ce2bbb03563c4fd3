import type { RunOptions } from '@xtm/contracts';
import {
  type ClassificationData,
  classifyTopics,
  type TrainClassifier,
  trainNearestNeighbours,
} from '../classification/classify-topics';
import { trainLinearSvm } from '../classification/linear-svm';
import { trainRbfSvm } from '../classification/rbf-svm';
import { dominantTopics, languageBalance, normalisedMutualInformation, purity } from '../clusters';
import { perplexity } from '../perplexity';
import { mean } from '../topic-scores';
import {
  type EvaluatedDocuments,
  type EvaluatedLanguage,
  type EvaluationInput,
  hasDocuments,
  languagesWithout,
} from './evaluation-input';
import { type ClassificationTable, defineMetric, joinName, languageFigures, Omission } from './measure';

const TRAINERS: Readonly<Record<ClassificationTable['classifier'], TrainClassifier>> = {
  linear: async (data) => trainLinearSvm(data),
  rbf: (data, run) => trainRbfSvm(data, {}, run),
  nearestNeighbours: async (data) => trainNearestNeighbours(data),
};

export const perplexityMetric = defineMetric({
  name: 'perplexity',
  title: 'perplexity',
  looksAt: 'documents',
  lessIsBetter: [''],
  compute({ input }) {
    const without = languagesWithout(
      input,
      ({ completion, topicWord }) => completion !== undefined && topicWord !== undefined,
    );
    if (without !== undefined) return new Omission(`there are no half-seen test documents in ${without}`);
    const perLanguage = input.languages.map(({ completion, topicWord }) =>
      perplexity(completion!.heldOut, { proportions: completion!.proportions, topicWord: topicWord! }),
    );
    return { perLanguage, mean: mean(perLanguage) };
  },
  figures: languageFigures,
});

export const classificationMetric = defineMetric({
  name: 'classification',
  title: 'classification',
  looksAt: 'classifiers',
  isMain: (of) => of.endsWith('/accuracy'),
  async compute({ input, options, run }) {
    if (options.classifiers.length === 0) return new Omission('no classifier was asked for');
    const features = commonFeatures(input);
    if (features === undefined)
      return new Omission('it needs labels and inferred documents of both splits in every language');
    const data = input.languages.map((language) => classificationData(language, features));
    const single = data.find(({ train }) => new Set(train.labels).size < 2);
    if (single !== undefined)
      return new Omission(`the training documents in ${single.language.code} all have the same label`);
    return classifyWithAll(data, features, options.classifiers, run);
  },
  figures: (tables, languages) =>
    Object.fromEntries(tables.flatMap((table) => classifierFigures(table, languages.length))),
});

function classifierFigures({ classifier, results }: ClassificationTable, languages: number): [string, number][] {
  return results.flatMap(({ kind, testLanguage, trainLanguage, accuracy, macroF1 }) => {
    const cell = `${testLanguage}-${kind}${kind === 'C' && languages > 2 ? `-${trainLanguage}` : ''}`;
    return [
      [joinName(classifier, cell, 'accuracy'), accuracy],
      [joinName(classifier, cell, 'macroF1'), macroF1],
    ] satisfies [string, number][];
  });
}

async function classifyWithAll(
  data: readonly ClassificationData[],
  features: ClassificationTable['features'],
  classifiers: readonly ClassificationTable['classifier'][],
  run: RunOptions,
): Promise<ClassificationTable[]> {
  const tables: ClassificationTable[] = [];
  for (const classifier of classifiers)
    tables.push({ classifier, features, results: await classifyTopics(data, TRAINERS[classifier], run) });
  return tables;
}

/** Means if every language has them for both splits, else proportions, else nothing. */
function commonFeatures(input: EvaluationInput): ClassificationTable['features'] | undefined {
  const usable = (documents: EvaluatedDocuments | undefined, features: 'means' | 'proportions') =>
    documents?.labels !== undefined && documents[features] !== undefined && documents.labels.length > 0;
  return (['means', 'proportions'] as const).find((features) =>
    input.languages.every(({ train, test }) => usable(train, features) && usable(test, features)),
  );
}

function classificationData(
  { language, train, test }: EvaluatedLanguage,
  features: 'means' | 'proportions',
): ClassificationData {
  return {
    language,
    train: { features: train![features]!, labels: train!.labels! },
    test: { features: test![features]!, labels: test!.labels! },
  };
}

export const purityMetric = defineMetric({
  name: 'purity',
  title: 'purity',
  looksAt: 'documents',
  compute({ input }) {
    const documents = labelledClusters(input);
    return documents instanceof Omission ? documents : purity(documents.clusters, documents.labels);
  },
  figures: (value) => ({ '': value }),
});

export const mutualInformationMetric = defineMetric({
  name: 'normalisedMutualInformation',
  title: 'normalised mutual information',
  looksAt: 'documents',
  compute({ input }) {
    const documents = labelledClusters(input);
    return documents instanceof Omission
      ? documents
      : normalisedMutualInformation(documents.clusters, documents.labels);
  },
  figures: (value) => ({ '': value }),
});

export const languageBalanceMetric = defineMetric({
  name: 'languageBalance',
  title: 'language balance',
  looksAt: 'documents',
  needs: ['twoLanguages'],
  compute({ input }) {
    const without = languagesWithout(input, ({ test }) => hasDocuments(test?.proportions));
    if (without !== undefined) return new Omission(`there are no test documents with topic proportions in ${without}`);
    const languageOfDocument = input.languages.flatMap(({ language, test }) =>
      new Array<string>(test!.proportions!.rows).fill(language.code),
    );
    return languageBalance(clustersOfTest(input), languageOfDocument, input.languages.length);
  },
  figures: (value) => ({ '': value }),
});

function labelledClusters(input: EvaluationInput): { clusters: number[]; labels: string[] } | Omission {
  const without = languagesWithout(input, ({ test }) => hasDocuments(test?.proportions) && test?.labels !== undefined);
  if (without !== undefined)
    return new Omission(`there are no labelled test documents with topic proportions in ${without}`);
  return { clusters: clustersOfTest(input), labels: input.languages.flatMap(({ test }) => [...test!.labels!]) };
}

function clustersOfTest({ languages }: EvaluationInput): number[] {
  return languages.flatMap(({ test }) => [...dominantTopics(test!.proportions!)]);
}
