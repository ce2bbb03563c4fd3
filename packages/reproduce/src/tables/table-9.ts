import { MAIN_ENGINE, plain, withEngine, type Method } from './method';
import { CNPMI, TOPIC_QUALITY, TOPIC_UNIQUENESS, type PaperTable, type TableRow } from './paper-table';

function row(method: Method, ...paper: readonly [cnpmi: number, topicUniqueness: number, topicQuality: number]): TableRow {
  return { method, paper: { 'amazon-review': paper } };
}

/** Language models beside each other (LLM-XTM, Table 9). */
export const table9: PaperTable = {
  name: 'table9',
  title: 'Language models (Table 9)',
  about: ['CNPMI and TQ are counted against the WikiComp-2014 reference corpus.'],
  datasets: ['amazon-review'],
  variants: [],
  columns: () => [CNPMI, TOPIC_UNIQUENESS, TOPIC_QUALITY],
  rows: [
    row(plain('nmtm'), 0.043, 0.61, 0.0262),
    row(withEngine('nmtm', MAIN_ENGINE, 'Gemini 2.5 Flash'), 0.056, 0.627, 0.0351),
    row(withEngine('nmtm', 'llama-3.3-70b', 'Llama-3.3-70B'), 0.0544, 0.6453, 0.0351),
    row(withEngine('nmtm', 'qwen3-coder-480b-a35b-instruct', 'Qwen3-Coder-480B-A35B-Instruct'), 0.0508, 0.6567, 0.0334),
    row(withEngine('nmtm', 'mistral-small-24b', 'Mistral-Small-24B'), 0.0506, 0.6413, 0.0325),
    row(withEngine('nmtm', 'mistral-7b-v0.3', 'Mistral-7B-v0.3'), 0.0445, 0.6673, 0.0297),
  ],
};
