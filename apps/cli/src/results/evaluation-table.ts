import { figuresOf, type TopicEvaluation } from '@xtm/metrics';
import { formatTable, type Column } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { formatNumber, measureTitle, splitFigureName } from './figure-names';

export const EVALUATION_COLUMNS: readonly Column[] = [{ title: 'measure' }, { title: 'of' }, { title: 'value', align: 'right' }];

/** Figures of a model, one a line, then how they came about and what was left out. */
export function formatEvaluation(evaluation: TopicEvaluation, terminal: Terminal): string {
  return [formatTable(EVALUATION_COLUMNS, evaluationRows(evaluation), terminal), ...evaluationRemarks(evaluation)].join('\n');
}

export function evaluationRows(evaluation: TopicEvaluation): string[][] {
  return figuresOf(evaluation).map(({ name, value }) => [...splitFigureName(name), formatNumber(value)]);
}

/** What a reader of the figures has to know beside them. */
export function evaluationRemarks({ measures, omitted }: TopicEvaluation): string[] {
  const { cnpmi = [], classification = [], llmRatings } = measures;
  const counts = cnpmi.map(({ languages, counting, documents }) => `CNPMI of ${languages.join(' and ')}: ${documents} pairs of documents, counting "${counting}"`);
  const withoutMeans = classification.some(({ features }) => features === 'proportions') ? ['classification: by topic proportions, since the model has no means'] : [];
  const ratings = llmRatings === undefined ? [] : [llmRatings.coherence, llmRatings.similarity].flatMap((scores) => scores.map(({ counted, discarded, ...of }) => `LLM ratings of ${'language' in of ? of.language : of.languages.join(' and ')}: ${counted} replies of ${llmRatings.model} counted, ${discarded} discarded`));
  return [...counts, ...withoutMeans, ...ratings, ...omitted.map(({ measure, reason }) => `left out: ${measureTitle(measure)} (${reason})`)];
}
