import type { Corpus, CorpusLanguage, DocumentSet } from '@xtm/contracts';
import { selectRows } from '@xtm/numeric';

/** One training document in so many is held out. */
const HELD_OUT = 5;

/**
 * The corpus for choosing settings: every fifth training document takes the place of the test documents, so that
 * nothing that is reported later has a part in the choice. Clusters follow their documents.
 */
export function validationCorpus(corpus: Corpus): Corpus {
  return { ...corpus, languages: corpus.languages.map(holdOutTraining) };
}

function holdOutTraining({ train, clusters, ...language }: CorpusLanguage): CorpusLanguage {
  const all = Int32Array.from({ length: train.rows.rows }, (_, index) => index);
  const kept = all.filter((index) => index % HELD_OUT !== 0);
  return {
    ...language,
    train: selectDocuments(train, kept),
    test: selectDocuments(train, all.filter((index) => index % HELD_OUT === 0)),
    ...(clusters && { clusters: kept.map((index) => clusters[index]!) }),
  };
}

function selectDocuments({ rows, ids, texts, labels, metadata }: DocumentSet, positions: Int32Array): DocumentSet {
  const select = <Item>(items: readonly Item[]): Item[] => Array.from(positions, (position) => items[position]!);
  return {
    rows: selectRows(rows, positions),
    ...(ids && { ids: select(ids) }),
    ...(texts && { texts: select(texts) }),
    ...(labels && { labels: select(labels) }),
    ...(metadata && { metadata: select(metadata) }),
  };
}
