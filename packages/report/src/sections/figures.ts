import { figureTitle, figuresOf, isFloorFigure, measureTitle, type ClassificationTable, type TopicEvaluation } from '@xtm/metrics';
import type { ClassificationRow, FigureRow, FiguresData } from '../contract/figures-data';
import { describeLanguage } from '../language-name';
import { finiteOrNull } from '../numbers';
import type { RunMaterial } from '../run/run-material';
import { CARD_MEASURES, describeCards } from './figure-cards';

/** Titles and explanations of figures by their names without the language. */
const WORDING: Readonly<Record<string, readonly [title: string, explanation: string]>> = {
  npmi: ['Words occur together (NPMI)', 'Pairs of a topic’s words in held-out documents; from −1, never, over 0, by chance, to 1, always.'],
  cnpmi: ['Words occur together across the languages (CNPMI)', 'A topic’s words of one language with those of another, in documents that are translations or about the same.'],
  topicUniqueness: ['Words that no other topic lists (uniqueness)', '1 where all lists are different.'],
  topicDiversity: ['Distinct words among all that are listed (diversity)', '1 where no word is listed twice.'],
  inverseRankBiasedOverlap: ['Difference of the lists (inverse rank-biased overlap)', '1 where no two topics have a word in common; first words count most.'],
  topicQuality: ['Coherence times uniqueness (topic quality)', 'CNPMI, where it is above 0, times uniqueness.'],
  dictionaryAgreement: ['Words with a translation in the same topic', 'Share of a topic’s words, of all languages together, that the dictionary connects.'],
  'dictionaryAgreement/coverage': ['Words that the dictionary knows', 'The figure above cannot be larger than this.'],
  embeddingAlignment: ['Similar meaning in the languages (embeddings)', 'Cosine of a topic’s words in two languages.'],
  'embeddingAlignment/nearestRate': ['Topics whose nearest one in the other language is themselves', 'By embeddings of their words.'],
  perplexity: ['Perplexity of held-out words', 'Less is better; compare models of one kind only.'],
  purity: ['Main topics have one label each (purity)', 'Share of test documents whose label is the most frequent one of their main topic.'],
  normalisedMutualInformation: ['Main topics and labels, all languages together', 'Normalised mutual information, from 0 to 1.'],
  languageBalance: ['Languages mix within main topics', '1 where every main topic has as many documents of each language.'],
  'llmRatings/coherence': ['A language model’s rating of coherence', 'From 1 to 3.'],
  'llmRatings/similarity': ['A language model’s rating of similarity across languages', 'From 1 to 3.'],
};

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
  const figures = figuresOf(evaluation).filter(({ name }) => !isFloorFigure(name) && ![...CARD_MEASURES, 'classification'].includes(name.split('/')[0]!));
  const named = figures.map(({ name, value }) => {
    const parts = name.split('/');
    const language = languages.indexOf(parts.at(-1)!);
    return { row: language < 0 || parts.length === 1 ? name : parts.slice(0, -1).join('/'), language: parts.length === 1 ? -1 : language, value: finiteOrNull(value) };
  });
  return [...new Set(named.map(({ row }) => row))].map((row) => {
    const valueOf = (language: number): number | null => named.find((figure) => figure.row === row && figure.language === language)?.value ?? null;
    const [title, explanation] = WORDING[row] ?? [figureTitle(row), ''];
    return { title, explanation, all: valueOf(-1), languages: languages.map((_, language) => valueOf(language)) };
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
