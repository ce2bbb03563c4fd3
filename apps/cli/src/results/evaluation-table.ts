import { figuresOf, formatNumber, measureTitle, splitFigureName, type LlmRatings, type TopicEvaluation } from '@xtm/metrics';
import { formatTable, type Column } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import type { PrintableResult } from './print-result';

const COLUMNS: readonly Column[] = [{ title: 'measure' }, { title: 'of' }, { title: 'value', align: 'right' }];

/** Figures of a model, one a line, then how they came about and what was left out. */
export function formatEvaluation(evaluation: TopicEvaluation, terminal: Terminal): string {
  const { columns, rows, remarks } = printableEvaluation(evaluation);
  return [formatTable(columns, rows, terminal), ...remarks].join('\n');
}

/** Figures of a model for every format of output. */
export function printableEvaluation(evaluation: TopicEvaluation): PrintableResult {
  const figures = figuresOf(evaluation);
  return {
    json: evaluation,
    records: figures.map(({ name, value }) => ({ figure: name, value })),
    columns: COLUMNS,
    rows: figures.map(({ name, value }) => [...splitFigureName(name), formatNumber(value)]),
    remarks: remarksOn(evaluation),
  };
}

/** What a reader of the figures has to know beside them. */
function remarksOn({ measures, omitted }: TopicEvaluation): string[] {
  const { cnpmi = [], classification = [], llmRatings } = measures;
  const counts = cnpmi.map(({ languages, counting, documents }) => `CNPMI of ${languages.join(' and ')}: ${documents} pairs of documents, counting "${counting}"`);
  const withoutMeans = classification.some(({ features }) => features === 'proportions') ? ['classification: by topic proportions, since the model has no means'] : [];
  return [...counts, ...withoutMeans, ...(llmRatings === undefined ? [] : remarksOnRatings(llmRatings)), ...omitted.map(({ measure, reason }) => `left out: ${measureTitle(measure)} (${reason})`)];
}

function remarksOnRatings({ model, coherence, similarity }: LlmRatings): string[] {
  const lists = [...coherence.map(({ language, ...scores }) => ({ of: language, ...scores })), ...similarity.map(({ languages, ...scores }) => ({ of: languages.join(' and '), ...scores }))];
  return lists.map(({ of, counted, discarded }) => `LLM ratings of ${of}: ${counted} replies of ${model} counted, ${discarded} discarded`);
}
