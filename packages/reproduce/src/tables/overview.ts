import { plain, withComputedClusters, withCorpus, type Method } from './method';
import { accuracyColumn, CLASSIFIERS, TOPIC_UNIQUENESS, type PaperTable } from './paper-table';

const BASELINES: readonly Method[] = ['mcta', 'mtanchor', 'u-svd', 'svd-lr'].map(plain);
const BACKBONES: readonly Method[] = ['nmtm', 'infoctm', 'xtra', 'gloctm'].flatMap((model) => [plain(model), ...(model === 'xtra' ? [withComputedClusters(model)] : []), withCorpus(model)]);

/** Every model by the figures that need nothing but the benchmarks; no table of a paper. */
export const overview: PaperTable = {
  name: 'overview',
  title: 'All models, by figures that need nothing but the benchmarks',
  about: ['NPMI: on held-out documents, within a language, a pair that never occurs together scoring −1.', 'Agreement: share of topic words with a dictionary partner among the topic\'s words of the other language.'],
  datasets: ['ec-news', 'amazon-review', 'rakuten-amazon'],
  variants: CLASSIFIERS,
  columns: (second) => [
    TOPIC_UNIQUENESS,
    { title: 'NPMI', figure: 'npmi' },
    { title: 'agreement', figure: 'dictionaryAgreement' },
    accuracyColumn('en', 'I'),
    accuracyColumn('en', 'C'),
    accuracyColumn(second, 'I'),
    accuracyColumn(second, 'C'),
  ],
  rows: [...BASELINES, ...BACKBONES].map((method) => ({ method, paper: {} })),
};
