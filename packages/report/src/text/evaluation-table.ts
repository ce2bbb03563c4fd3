import { figuresOf, formatNumber, type LlmRatings, measureTitle, type TopicEvaluation } from '@xtm/metrics';
import { type EvaluationCell, groupFigures } from './evaluation-rows';
import type { PrintableResult } from './printable-result';
import { formatWideTable, type TextStyle } from './table';

/** Figures of a model in groups, the languages side by side, then how they came about and what was left out. */
export function formatEvaluation(evaluation: TopicEvaluation, style?: TextStyle): string {
  const { columns, rows, remarks } = printableEvaluation(evaluation);
  return [formatWideTable(columns, rows, style), ...remarks].join('\n');
}

/** Figures of a model for every format of output. */
export function printableEvaluation(evaluation: TopicEvaluation): PrintableResult {
  const { languages } = evaluation;
  const groups = groupFigures(evaluation);
  return {
    json: evaluation,
    records: figuresOf(evaluation).map(({ name, value }) => ({ figure: name, value })),
    columns: [
      { title: 'figure' },
      ...['all', ...languages].map((title, group) => ({ title, align: 'right' as const, group })),
    ],
    rows: groups.flatMap(({ title, rows }) => [
      [title.toUpperCase(), '', ...languages.map(() => '')],
      ...rows.map((row) => [row.title, ...[row.all, ...row.languages].map(formatCell)]),
    ]),
    remarks: [
      ...(groups.some(({ rows }) => rows.some(hasFloor))
        ? ['in brackets: what topics dealt out to the documents at random give']
        : []),
      ...remarksOn(evaluation),
    ],
  };
}

function formatCell(cell: EvaluationCell | undefined): string {
  if (cell === undefined) return '';
  return cell.floor === undefined
    ? formatNumber(cell.value)
    : `${formatNumber(cell.value)} (${formatNumber(cell.floor)})`;
}

function hasFloor({ languages }: { readonly languages: readonly (EvaluationCell | undefined)[] }): boolean {
  return languages.some((cell) => cell?.floor !== undefined);
}

/** What a reader of the figures has to know beside them. */
function remarksOn({ measures, omitted }: TopicEvaluation): string[] {
  const { cnpmi = [], classification = [], llmRatings } = measures;
  const counts = cnpmi.map(
    ({ languages, counting, documents }) =>
      `CNPMI of ${languages.join(' and ')}: ${documents} pairs of documents, counting "${counting}"`,
  );
  const withoutMeans = classification.some(({ features }) => features === 'proportions')
    ? ['classification: by topic proportions, since the model has no means']
    : [];
  return [
    ...counts,
    ...withoutMeans,
    ...(llmRatings === undefined ? [] : remarksOnRatings(llmRatings)),
    ...omitted.map(({ measure, reason }) => `left out: ${measureTitle(measure)} (${reason})`),
  ];
}

function remarksOnRatings({ model, coherence, similarity }: LlmRatings): string[] {
  const lists = [
    ...coherence.map(({ language, ...scores }) => ({ of: language, ...scores })),
    ...similarity.map(({ languages, ...scores }) => ({ of: languages.join(' and '), ...scores })),
  ];
  return lists.map(
    ({ of, counted, discarded }) =>
      `LLM ratings of ${of}: ${counted} replies of ${model} counted, ${discarded} discarded`,
  );
}
