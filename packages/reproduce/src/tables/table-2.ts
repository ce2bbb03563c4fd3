import { plain, withCorpus, withLlm, type Method } from './method';
import { CNPMI, TOPIC_QUALITY, TOPIC_UNIQUENESS, type PaperTable, type TableRow } from './paper-table';

type Triple = readonly [cnpmi: number, topicUniqueness: number, topicQuality: number];

function row(method: Method, ecNews: Triple, amazonReview: Triple, rakutenAmazon: Triple): TableRow {
  return { method, paper: { 'ec-news': ecNews, 'amazon-review': amazonReview, 'rakuten-amazon': rakutenAmazon } };
}

/** Topic quality of all methods (LLM-XTM, Table 2; GloCTM's CNPMI from its own page). */
export const table2: PaperTable = {
  name: 'table2',
  title: 'Topic quality (Table 2)',
  about: ['CNPMI and TQ are counted against the WikiComp-2014 reference corpus.', 'Rows "+ corpus refiner" have no counterpart in the paper: they stand beside its "+ LLM-XTM" rows.'],
  datasets: ['ec-news', 'amazon-review', 'rakuten-amazon'],
  variants: [],
  columns: () => [CNPMI, TOPIC_UNIQUENESS, TOPIC_QUALITY],
  rows: [
    row(plain('mcta'), [0.025, 0.489, 0.012], [0.028, 0.319, 0.009], [0.021, 0.272, 0.006]),
    row(plain('mtanchor'), [-0.013, 0.192, 0], [0.028, 0.323, 0.009], [-0.001, 0.214, 0]),
    row(plain('u-svd'), [0.082, 0.83, 0.068], [0.055, 0.634, 0.035], [0.027, 0.571, 0.015]),
    row(plain('svd-lr'), [0.083, 0.82, 0.068], [0.053, 0.627, 0.033], [0.026, 0.558, 0.015]),
    row(plain('xtra'), [0.078, 0.978, 0.076], [0.053, 0.979, 0.052], [0.034, 0.966, 0.033]),
    row(withLlm('xtra'), [0.088, 0.954, 0.084], [0.072, 0.959, 0.069], [0.037, 0.945, 0.035]),
    { method: withCorpus('xtra'), paper: {} },
    row(plain('infoctm'), [0.041, 0.943, 0.039], [0.037, 0.93, 0.034], [0.032, 0.87, 0.028]),
    row(withLlm('infoctm'), [0.062, 0.898, 0.056], [0.05, 0.933, 0.047], [0.04, 0.87, 0.035]),
    { method: withCorpus('infoctm'), paper: {} },
    row(plain('nmtm'), [0.034, 0.818, 0.028], [0.043, 0.61, 0.026], [0.012, 0.633, 0.008]),
    row(withLlm('nmtm'), [0.039, 0.821, 0.032], [0.056, 0.627, 0.035], [0.016, 0.666, 0.011]),
    { method: withCorpus('nmtm'), paper: {} },
    { method: plain('gloctm'), paper: { 'ec-news': [0.071], 'amazon-review': [0.058], 'rakuten-amazon': [0.04] } },
    { method: withCorpus('gloctm'), paper: {} },
  ],
};
