import { withCorpus, withLlm } from './method';
import { CNPMI, TOPIC_UNIQUENESS, type PaperTable, type TableRow } from './paper-table';

const ROUNDS = [1, 3, 5, 7, 10, 13];
const FREQUENCIES = [5, 8, 10, 13];

/**
 * The points of the figure that the text states (section 4.6). For R = 5 it prints CNPMI 0.614 and 0.505 at f = 5 and 13,
 * which fit the rest as 0.0614 and 0.0505; for TU at R = 5, f = 8 it has both 0.627 and 0.625.
 */
const STATED: Readonly<Partial<Record<string, readonly [cnpmi: number, topicUniqueness: number]>>> = {
  'R 1, f 8': [0.0482, 0.6],
  'R 5, f 8': [0.0562, 0.627],
  'R 13, f 8': [0.057, 0.631],
  'R 5, f 5': [0.0614, 0.616],
  'R 5, f 13': [0.0505, 0.637],
};

function points(method: typeof withLlm | typeof withCorpus, paper: typeof STATED): TableRow[] {
  return FREQUENCIES.flatMap((refineEvery) => ROUNDS.map((rounds) => {
    const variant = `R ${rounds}, f ${refineEvery}`;
    return { method: method('nmtm', variant, { rounds, refineEvery }), paper: { 'amazon-review': paper[variant] } };
  }));
}

/** What rounds and frequency of refinement do (LLM-XTM, Figure 3). */
export const figure3: PaperTable = {
  name: 'figure3',
  title: 'Rounds R and frequency f of refinement (Figure 3)',
  about: ['CNPMI is counted against the WikiComp-2014 reference corpus.', 'The paper shows curves; its values here are those that its text states.', 'Rows "+ corpus refiner" repeat the points without a language model.'],
  datasets: ['amazon-review'],
  variants: [],
  columns: () => [CNPMI, TOPIC_UNIQUENESS],
  rows: [...points(withLlm, STATED), ...points(withCorpus, {})],
};
