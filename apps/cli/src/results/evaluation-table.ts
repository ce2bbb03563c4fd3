import type { Evaluation } from '@xtm/pipeline';
import { formatTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

/** Figures of a model, one a line, then what was left out. */
export function formatEvaluation(evaluation: Evaluation, terminal: Terminal): string {
  const { topicUniqueness, heldOutNpmi, classification, leftOut } = evaluation;
  const rows: string[][] = [['topic uniqueness', 'mean', number(topicUniqueness.mean), '']];
  for (const [code, value] of Object.entries(topicUniqueness.byLanguage)) rows.push(['topic uniqueness', code, number(value), '']);
  for (const [code, value] of Object.entries(heldOutNpmi?.byLanguage ?? {})) rows.push(['held-out NPMI', code, number(value), '']);
  for (const [classifier, results] of Object.entries(classification)) {
    for (const { kind, testLanguage, trainLanguage, accuracy, macroF1 } of results) {
      rows.push([`accuracy, ${classifier} SVM`, `${testLanguage}-${kind}`, number(accuracy), `macro-F1 ${number(macroF1)}, trained on ${trainLanguage}`]);
    }
  }
  const table = formatTable([{ title: 'figure' }, { title: 'of' }, { title: 'value', align: 'right' }, { title: '' }], rows, terminal);
  return [table, ...leftOut.map(({ metric, reason }) => `left out: ${metric} (${reason})`)].join('\n');
}

function number(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(3);
}
