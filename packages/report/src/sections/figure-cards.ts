import type { MeasureName, Measures, ScoreWithFloor, TopicEvaluation } from '@xtm/metrics';
import type { FigureCard, FigureValue } from '../contract/figures-data';
import { describeLanguage } from '../language-name';
import { finiteOrNull } from '../numbers';

/** Measures that have a card. */
export const CARD_MEASURES: readonly MeasureName[] = ['topicShares', 'coverageGain', 'documentCompletion', 'labelInformation', 'mateRetrieval'];

/** Standard deviations by which a figure has to be above its floor. */
const CLEAR_OF_FLOOR = 3;

/** What tells most about how well topics describe documents, each beside what chance gives. */
export function describeCards({ measures, numTopics, languages }: TopicEvaluation): FigureCard[] {
  const { topicShares, coverageGain, documentCompletion, labelInformation, mateRetrieval } = measures;
  const names = languages.map(nameOf);
  return [
    ...(topicShares === undefined ? [] : [sharesCard(topicShares, numTopics, names)]),
    ...(coverageGain === undefined ? [] : [{
      title: 'Documents with a word of their topic',
      explanation: 'Share of the held-out documents that hold at least one of the words listed for their main topic.',
      unit: 'share' as const,
      values: floorValues(coverageGain.perLanguage, names),
    }]),
    ...(documentCompletion === undefined ? [] : [{
      title: 'Unseen words predicted',
      explanation: 'How much better a document’s topics predict the half of its words that the model did not see than the words’ frequencies do, in nats per word. 0 says nothing.',
      unit: 'number' as const,
      values: floorValues(documentCompletion.perLanguage, names),
    }]),
    ...(labelInformation === undefined ? [] : [{
      title: 'Main topics follow the labels',
      explanation: 'How much the main topics of documents tell of their labels, from 0 to 1 (normalised mutual information).',
      unit: 'number' as const,
      values: floorValues(labelInformation.perLanguage, names),
    }]),
    ...(mateRetrieval === undefined ? [] : [matesCard(mateRetrieval)]),
  ];
}

function sharesCard({ perLanguage }: Measures['topicShares'], numTopics: number, names: readonly string[]): FigureCard {
  return {
    title: 'Topics in use',
    explanation: 'Effective number of topics: so many topics of the same size would spread the documents as evenly. Near 1, one topic has nearly everything.',
    unit: 'number',
    values: perLanguage.map(({ effective, largestMainTopic }, index) => ({ of: names[index]!, value: finiteOrNull(effective), note: `of ${numTopics}; the largest is the main topic of ${Math.round(100 * largestMainTopic)}% of the documents` })),
  };
}

function matesCard(pairs: Measures['mateRetrieval']): FigureCard {
  return {
    title: 'Translations found by their topics',
    explanation: 'How often the document of the other language whose topics are most similar is the translation.',
    unit: 'share',
    values: pairs.flatMap(({ languages, directions, chance, mates }) => directions.map(({ queryLanguage, precisionAt1 }) => ({
      of: `${nameOf(queryLanguage)} → ${languages.filter((code) => code !== queryLanguage).map(nameOf).join(', ')}`,
      value: finiteOrNull(precisionAt1),
      floor: finiteOrNull(chance.precisionAt1),
      isChance: precisionAt1 <= chance.precisionAt1,
      note: `${mates} documents`,
    }))),
  };
}

function floorValues(scores: readonly ScoreWithFloor[], names: readonly string[]): FigureValue[] {
  return scores.map(({ value, floor, floorDeviation }, index) => ({
    of: names[index]!,
    value: finiteOrNull(value),
    floor: finiteOrNull(floor),
    isChance: value <= floor + CLEAR_OF_FLOOR * floorDeviation,
  }));
}

function nameOf(code: string): string {
  return describeLanguage({ code, suffix: code }).name;
}
