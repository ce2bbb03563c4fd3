import type { Corpus } from '@xtm/contracts';
import { validationCorpus } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { splitDictionary } from './word-translation';

/**
 * The corpus without what is reported: held-out training documents take the place of the test documents, and the words
 * that the seed holds out are gone from the dictionary.
 */
export function validationBenchmark(corpus: Corpus, seed: number): Corpus {
  return {
    ...validationCorpus(corpus),
    dictionary: splitDictionary(corpus.dictionary!, 0.2, new SeededGenerator(seed)).known,
  };
}
