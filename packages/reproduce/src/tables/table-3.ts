import { plain, withCorpus, withLlm, type PhaseTwo } from './method';
import { accuracyColumn, CLASSIFIERS, CNPMI, TOPIC_UNIQUENESS, type PaperTable, type TableRow } from './paper-table';

type Six = readonly [cnpmi: number, topicUniqueness: number, enI: number, jaI: number, enC: number, jaC: number];

/** One part of phase 2 switched off or exchanged. */
const ABLATIONS: readonly (readonly [variant: string, refinement: PhaseTwo['refinement'], paper: Six])[] = [
  ['without doc-align', { alignment: 'none' }, [0.012, 0.679, 0.791, 0.832, 0.611, 0.723]],
  ['without MMD', { wordLoss: 'none' }, [0.012, 0.641, 0.795, 0.833, 0.621, 0.723]],
  ['without self-consistency', { rounds: 1 }, [0.011, 0.654, 0.792, 0.832, 0.619, 0.72]],
  ['with optimal transport', { wordLoss: 'transport' }, [0.013, 0.664, 0.795, 0.829, 0.62, 0.72]],
];

function row(method: TableRow['method'], paper: Six): TableRow {
  return { method, paper: { 'rakuten-amazon': paper } };
}

/** What each part of phase 2 does (LLM-XTM, Table 3). */
export const table3: PaperTable = {
  name: 'table3',
  title: 'Ablations of phase 2 (Table 3)',
  about: ['CNPMI is counted against the WikiComp-2014 reference corpus.', 'Rows "+ corpus refiner" repeat the ablation without a language model.'],
  datasets: ['rakuten-amazon'],
  variants: CLASSIFIERS,
  columns: (second) => [CNPMI, TOPIC_UNIQUENESS, accuracyColumn('en', 'I'), accuracyColumn(second, 'I'), accuracyColumn('en', 'C'), accuracyColumn(second, 'C')],
  rows: [
    row(plain('nmtm'), [0.012, 0.633, 0.796, 0.826, 0.61, 0.681]),
    row(withLlm('nmtm'), [0.016, 0.666, 0.792, 0.833, 0.621, 0.728]),
    ...ABLATIONS.map(([variant, refinement, paper]) => row(withLlm('nmtm', variant, refinement), paper)),
    { method: withCorpus('nmtm'), paper: {} },
    ...ABLATIONS.map(([variant, refinement]): TableRow => ({ method: withCorpus('nmtm', variant, refinement), paper: {} })),
  ],
};
