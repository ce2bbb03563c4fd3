import { plain, withCorpus, withLlm, type Method } from './method';
import { accuracyColumn, CLASSIFIERS, type PaperTable, type TableRow } from './paper-table';

type Four = readonly [enI: number, enC: number, secondI: number, secondC: number];

function row(method: Method, ecNews: Four, amazonReview: Four, rakutenAmazon: Four): TableRow {
  return { method, paper: { 'ec-news': ecNews, 'amazon-review': amazonReview, 'rakuten-amazon': rakutenAmazon } };
}

/** Classification of documents by their topics (LLM-XTM, Table 5). */
export const table5: PaperTable = {
  name: 'table5',
  title: 'Classification accuracy (Table 5)',
  about: ['-I: trained and tested on the same language. -C: tested on the language that it is named after, trained on the other.', 'The paper names a linear SVM; the public code uses an RBF one. Both are reported.'],
  datasets: ['ec-news', 'amazon-review', 'rakuten-amazon'],
  variants: CLASSIFIERS,
  columns: (second) => [accuracyColumn('en', 'I'), accuracyColumn('en', 'C'), accuracyColumn(second, 'I'), accuracyColumn(second, 'C')],
  rows: [
    row(plain('infoctm'), [0.7813, 0.5242, 0.7652, 0.5592], [0.7894, 0.6862, 0.7262, 0.5984], [0.794, 0.691, 0.8256, 0.7342]),
    row(withLlm('infoctm'), [0.7849, 0.5445, 0.7682, 0.5875], [0.8003, 0.6863, 0.7321, 0.6043], [0.7984, 0.7314, 0.8296, 0.7875]),
    { method: withCorpus('infoctm'), paper: {} },
    row(plain('nmtm'), [0.7917, 0.4941, 0.7742, 0.5139], [0.7859, 0.592, 0.721, 0.575], [0.7966, 0.6104, 0.8264, 0.6816]),
    row(withLlm('nmtm'), [0.7975, 0.5173, 0.7785, 0.5333], [0.7859, 0.6513, 0.7071, 0.6085], [0.7923, 0.6211, 0.8334, 0.7282]),
    { method: withCorpus('nmtm'), paper: {} },
  ],
};
