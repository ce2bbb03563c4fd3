import { figuresOf, isFloorFigure, measureTitle, type ClassificationTable, type TopicEvaluation } from '@xtm/metrics';
import type { ClassificationRow, FigureRow, FiguresData } from '../contract/figures-data';
import { describeLanguage } from '../language-name';
import { finiteOrNull } from '../numbers';
import type { RunMaterial } from '../run/run-material';
import { CARD_MEASURES, describeCards } from './figure-cards';
import { wordFigure } from './figure-wording';

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
