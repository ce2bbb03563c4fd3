import type { Corpus } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';

/** Four planted topics of six words in English and Chinese; 40 training and 8 test documents per language. */
export function smallCorpus(): Corpus {
  return syntheticCorpus({ generator: new SeededGenerator(1) });
}
