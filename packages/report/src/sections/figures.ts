import {
  type ClassificationTable,
  figuresOf,
  figureTitle,
  isFloorFigure,
  type MeasureName,
  type Measures,
  measureTitle,
  type ScoreWithFloor,
  subjectOf,
  type TopicEvaluation,
} from '@xtm/metrics';
import type { ClassificationRow, FigureCard, FigureRow, FiguresData, FigureValue } from '../contract/run-data';
import type { RunMaterial } from '../read-run';
import { describeLanguage, finiteOrNull } from '../wording';

/** Everything that was measured: what says most first. */
export function describeFigures({ evaluation }: RunMaterial): FiguresData {
  const { measures, omitted } = evaluation;
  return {
    cards: describeCards(evaluation),
    rows: describeRows(evaluation),
    classification: (measures.classification ?? []).flatMap(classificationRows),
    omitted: omitted.map(({ measure, reason }) => ({ measure: measureTitle(measure), reason })),
  };
}

/** Figures that have no card, those of the languages beside the one that stands for all. */
function describeRows(evaluation: TopicEvaluation): FigureRow[] {
  const { languages } = evaluation;
  const figures = figuresOf(evaluation).filter(
    ({ name }) => !isFloorFigure(name) && !(name.split('/')[0]! in CARDS) && subjectOf(name) !== 'classifiers',
  );
  const named = figures.map(({ name, value }) => {
    const parts = name.split('/');
    const language = languages.indexOf(parts.at(-1)!);
    return {
      row: language < 0 || parts.length === 1 ? name : parts.slice(0, -1).join('/'),
      language: parts.length === 1 ? -1 : language,
      value: finiteOrNull(value),
    };
  });
  return [...new Set(named.map(({ row }) => row))].map((row) => {
    const valueOf = (language: number): number | null =>
      named.find((figure) => figure.row === row && figure.language === language)?.value ?? null;
    return { ...wordFigure(row), all: valueOf(-1), languages: languages.map((_, language) => valueOf(language)) };
  });
}

function classificationRows({ classifier, results }: ClassificationTable): ClassificationRow[] {
  return results.map(({ trainLanguage, testLanguage, accuracy, macroF1 }) => ({
    trained: nameOf(trainLanguage),
    tested: nameOf(testLanguage),
    classifier,
    accuracy: finiteOrNull(accuracy),
    macroF1: finiteOrNull(macroF1),
  }));
}

function nameOf(code: string): string {
  return describeLanguage({ code, suffix: code }).name;
}

/** Standard deviations by which a figure has to be above its floor. */
const CLEAR_OF_FLOOR = 3;

type Cards = {
  readonly [Name in MeasureName]?: (value: Measures[Name], names: readonly string[], numTopics: number) => FigureCard;
};

/** Cards of what tells most about how well topics describe documents, each beside what chance gives. */
const CARDS: Cards = {
  topicShares: sharesCard,
  coverageGain: ({ perLanguage }, names) => ({
    title: 'Documents with a word of their topic',
    explanation: 'Share of the held-out documents that hold at least one of the words listed for their main topic.',
    unit: 'share',
    values: floorValues(perLanguage, names),
  }),
  documentCompletion: ({ perLanguage }, names) => ({
    title: 'Unseen words predicted',
    explanation:
      'How much better a document’s topics predict the half of its words that the model did not see than the words’ ' +
      'frequencies do, in nats per word. 0 says nothing.',
    unit: 'number',
    values: floorValues(perLanguage, names),
  }),
  labelInformation: ({ perLanguage }, names) => ({
    title: 'Main topics follow the labels',
    explanation:
      'How much the main topics of documents tell of their labels, from 0 to 1 (normalised mutual information).',
    unit: 'number',
    values: floorValues(perLanguage, names),
  }),
  mateRetrieval: matesCard,
};

function describeCards({ measures, numTopics, languages }: TopicEvaluation): FigureCard[] {
  const names = languages.map(nameOf);
  const cardOf = <Name extends MeasureName>(name: Name): FigureCard[] => {
    const value: Measures[Name] | undefined = measures[name];
    const card: Cards[Name] = CARDS[name];
    return value === undefined || card === undefined ? [] : [card(value, names, numTopics)];
  };
  return (Object.keys(CARDS) as MeasureName[]).flatMap(cardOf);
}

function sharesCard(
  { perLanguage }: Measures['topicShares'],
  names: readonly string[],
  numTopics: number,
): FigureCard {
  return {
    title: 'Topics in use',
    explanation:
      'Effective number of topics: so many topics of the same size would spread the documents as evenly. Near 1, ' +
      'one topic has nearly everything.',
    unit: 'number',
    values: perLanguage.map(({ effective, largestMainTopic }, index) => ({
      of: names[index]!,
      value: finiteOrNull(effective),
      note: `of ${numTopics}; the largest is the main topic of ${Math.round(100 * largestMainTopic)}% of the ` +
        'documents',
    })),
  };
}

function matesCard(pairs: Measures['mateRetrieval']): FigureCard {
  return {
    title: 'Translations found by their topics',
    explanation: 'How often the document of the other language whose topics are most similar is the translation.',
    unit: 'share',
    values: pairs.flatMap(({ languages, directions, chance, mates }) =>
      directions.map(({ queryLanguage, precisionAt1 }) => ({
        of: `${nameOf(queryLanguage)} → ${languages
          .filter((code) => code !== queryLanguage)
          .map(nameOf)
          .join(', ')}`,
        value: finiteOrNull(precisionAt1),
        floor: finiteOrNull(chance.precisionAt1),
        isChance: precisionAt1 <= chance.precisionAt1,
        note: `${mates} documents`,
      })),
    ),
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

/** Titles and explanations of figures by their names without the language. */
const WORDING: Readonly<Record<string, readonly [title: string, explanation: string]>> = {
  'topicShares/effective': [
    'Topics in use (effective number)',
    'So many topics of the same size would spread the documents as evenly.',
  ],
  'topicShares/largest': ['Largest mean share of a topic', 'Less is better.'],
  'topicShares/largestMainTopic': [
    'Largest main topic',
    'Share of the documents that have the same main topic; less is better.',
  ],
  coverageGain: [
    'Documents with a word of their topic, above chance',
    'Share of the held-out documents that hold a listed word of their main topic, less what chance gives.',
  ],
  documentCompletion: ['Unseen words predicted', 'Nats per word above the words’ frequencies; 0 says nothing.'],
  labelInformation: [
    'Main topics follow the labels',
    'Normalised mutual information within each language, from 0 to 1.',
  ],
  mateRetrieval: ['Translations found by their topics', 'Mean reciprocal rank of the translation.'],
  npmi: [
    'Words occur together (NPMI)',
    'Pairs of a topic’s words in held-out documents; from −1, never, over 0, by chance, to 1, always.',
  ],
  cnpmi: [
    'Words occur together across the languages (CNPMI)',
    'A topic’s words of one language with those of another, in documents that are translations or about the same.',
  ],
  topicUniqueness: ['Words that no other topic lists (uniqueness)', '1 where all lists are different.'],
  topicDiversity: ['Distinct words among all that are listed (diversity)', '1 where no word is listed twice.'],
  inverseRankBiasedOverlap: [
    'Difference of the lists (inverse rank-biased overlap)',
    '1 where no two topics have a word in common; first words count most.',
  ],
  topicQuality: ['Coherence times uniqueness (topic quality)', 'CNPMI, where it is above 0, times uniqueness.'],
  dictionaryAgreement: [
    'Words with a translation in the same topic',
    'Share of a topic’s words, of all languages together, that the dictionary connects.',
  ],
  'dictionaryAgreement/coverage': ['Words that the dictionary knows', 'The figure above cannot be larger than this.'],
  embeddingAlignment: ['Similar meaning in the languages (embeddings)', 'Cosine of a topic’s words in two languages.'],
  'embeddingAlignment/nearestRate': [
    'Topics whose nearest one in the other language is themselves',
    'By embeddings of their words.',
  ],
  perplexity: ['Perplexity of held-out words', 'Less is better; compare models of one kind only.'],
  purity: [
    'Main topics have one label each (purity)',
    'Share of test documents whose label is the most frequent one of their main topic.',
  ],
  normalisedMutualInformation: [
    'Main topics and labels, all languages together',
    'Normalised mutual information, from 0 to 1.',
  ],
  languageBalance: [
    'Languages mix within main topics',
    '1 where every main topic has as many documents of each language.',
  ],
  'llmRatings/coherence': ['A language model’s rating of coherence', 'From 1 to 3.'],
  'llmRatings/similarity': ['A language model’s rating of similarity across languages', 'From 1 to 3.'],
};

/** What a figure is called and what it says, by its name without the language. */
export function wordFigure(name: string): { readonly title: string; readonly explanation: string } {
  const [title, explanation] = WORDING[name] ?? [figureTitle(name), ''];
  return { title, explanation };
}
