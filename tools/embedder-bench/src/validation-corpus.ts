import type { Corpus, CorpusLanguage, DocumentSet, WordPairs } from '@xtm/contracts';
import { selectRows } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { splitDictionary } from './word-translation';

/**
 * The corpus without what is reported: every fifth training document takes the place of the test documents, and the words that
 * the seed holds out are gone from the dictionary.
 */
export function validationCorpus(corpus: Corpus, seed: number): Corpus {
  const dictionary: WordPairs = splitDictionary(corpus.dictionary!, 0.2, new SeededGenerator(seed)).known;
  return { ...corpus, dictionary, languages: corpus.languages.map(holdOutTraining) };
}

function holdOutTraining(language: CorpusLanguage): CorpusLanguage {
  const all = Array.from({ length: language.train.rows.rows }, (_, index) => index);
  return {
    ...language,
    train: selectDocuments(language.train, all.filter((index) => index % 5 !== 0)),
    test: selectDocuments(language.train, all.filter((index) => index % 5 === 0)),
  };
}

function selectDocuments({ rows, labels }: DocumentSet, indices: readonly number[]): DocumentSet {
  return { rows: selectRows(rows, Int32Array.from(indices)), labels: indices.map((index) => labels![index]!) };
}
