import { dominantTopics } from '../clusters/dominant-topics';
import { languageBalance } from '../clusters/language-balance';
import { normalisedMutualInformation } from '../clusters/normalised-mutual-information';
import { purity } from '../clusters/purity';
import type { EvaluationInput } from './evaluation-input';
import { hasDocuments, languagesWithout } from './languages-without';
import { Omission, type Measure } from './measure';

export const purityMeasure: Measure<'purity'> = {
  title: 'purity',
  compute({ input }) {
    const documents = labelledClusters(input);
    return documents instanceof Omission ? documents : purity(documents.clusters, documents.labels);
  },
  figures: (value) => ({ '': value }),
};

export const mutualInformationMeasure: Measure<'normalisedMutualInformation'> = {
  title: 'normalised mutual information',
  compute({ input }) {
    const documents = labelledClusters(input);
    return documents instanceof Omission ? documents : normalisedMutualInformation(documents.clusters, documents.labels);
  },
  figures: (value) => ({ '': value }),
};

export const languageBalanceMeasure: Measure<'languageBalance'> = {
  title: 'language balance',
  compute({ input }) {
    if (input.languages.length < 2) return new Omission('there is only one language');
    const without = languagesWithout(input, ({ test }) => hasDocuments(test?.proportions));
    if (without !== undefined) return new Omission(`there are no test documents with topic proportions in ${without}`);
    const languageOfDocument = input.languages.flatMap(({ language, test }) => new Array<string>(test!.proportions!.rows).fill(language.code));
    return languageBalance(clustersOfTest(input), languageOfDocument, input.languages.length);
  },
  figures: (value) => ({ '': value }),
};

function labelledClusters(input: EvaluationInput): { clusters: number[]; labels: string[] } | Omission {
  const without = languagesWithout(input, ({ test }) => hasDocuments(test?.proportions) && test?.labels !== undefined);
  if (without !== undefined) return new Omission(`there are no labelled test documents with topic proportions in ${without}`);
  return { clusters: clustersOfTest(input), labels: input.languages.flatMap(({ test }) => [...test!.labels!]) };
}

function clustersOfTest({ languages }: EvaluationInput): number[] {
  return languages.flatMap(({ test }) => [...dominantTopics(test!.proportions!)]);
}
