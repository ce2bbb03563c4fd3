import type { FigureData } from '../../contract/overview-data';
import type { RunReportData } from '../../contract/run-data';
import { element } from '../dom/element';
import { table } from '../dom/table';
import { formatNumber } from '../format';

const CLASSIFICATION = 'classification';

/** `linear en-C-zh-Hans accuracy`: classifier, tested language, within or across, trained language, score. */
const CELL = /^(\S+) (.+?)-(I|C)(?:-(.+))? (accuracy|macroF1)$/;

/** Measures, with a column for all and one a language. */
export function figuresTable({ languages, overview: { figures } }: RunReportData): HTMLElement {
  const parts = ['', ...languages.map(({ code }) => code)];
  const others = figures.filter(({ measure }) => measure !== CLASSIFICATION);
  const measures = [...new Set(others.filter(({ of }) => parts.includes(of)).map(({ measure }) => measure))];
  const rows = [
    ...measures.map((measure) => [measure, ...parts.map((part) => formatNumber(valueOf(others, measure, part)))]),
    ...others.filter(({ of }) => !parts.includes(of)).map(({ measure, of, value }) => [`${measure}, ${of}`, formatNumber(value), ...languages.map(() => '')]),
  ];
  const columns = [{ title: 'measure' }, { title: 'all', numeric: true }, ...languages.map(({ name }) => ({ title: name, numeric: true }))];
  return element('div', {}, element('h3', {}, 'Figures'), table('Figures', columns, rows));
}

function valueOf(figures: readonly FigureData[], measure: string, of: string): number | null | undefined {
  return figures.find((figure) => figure.measure === measure && figure.of === of)?.value;
}

/** How well documents' topics tell their labels, within a language and across. */
export function classificationTable({ languages, overview: { figures } }: RunReportData): HTMLElement {
  const cells = figures.filter(({ measure }) => measure === CLASSIFICATION).flatMap(({ of, value }) => {
    const [, classifier, tested, kind, trained, score] = CELL.exec(of) ?? [];
    return classifier === undefined || tested === undefined ? [] : [{ row: `${classifier} ${tested} ${kind} ${trained ?? ''}`, classifier, tested, kind, trained, score, value }];
  });
  if (cells.length === 0) return element('div', {});
  const nameOf = (code: string): string => languages.find((language) => language.code === code)?.name ?? code;
  const otherThan = (code: string): string => languages.filter((language) => language.code !== code).map(({ name }) => name).join(', ');
  const rows = [...new Set(cells.map(({ row }) => row))].map((row) => {
    const scores = cells.filter((cell) => cell.row === row);
    const { classifier, tested, kind, trained } = scores[0]!;
    const from = kind === 'I' ? nameOf(tested) : trained === undefined ? otherThan(tested) : nameOf(trained);
    const scoreOf = (score: string): string => formatNumber(scores.find((cell) => cell.score === score)?.value);
    return [`${from} → ${nameOf(tested)}`, classifier, scoreOf('accuracy'), scoreOf('macroF1')];
  });
  const columns = [{ title: 'trained → tested' }, { title: 'classifier' }, { title: 'accuracy', numeric: true }, { title: 'macro-F1', numeric: true }];
  return element('div', {}, element('h3', {}, 'Classification of documents by their topics'), table('Classification', columns, rows));
}
