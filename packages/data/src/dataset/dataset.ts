import type { Corpus } from '@xtm/contracts';
import type { Preprocessing } from '../words/preprocessing';
import type { DatasetDescriptor } from './dataset-descriptor';
import type { DataWarning } from './data-warning';
import type { CommonWords } from '../prepare/prepare-language';
import type { DictionaryCoverage } from './dictionary-coverage';
import type { DictionaryReport } from './read-dictionary';

/** A corpus with what is known about it, loaded from a benchmark folder or prepared from raw texts. */
export interface Dataset {
  readonly corpus: Corpus;
  readonly descriptor: DatasetDescriptor;
  /** What turns new texts into words as the corpus' texts were. */
  readonly preprocessing: Preprocessing;
  /** What became of the dictionary's lines, where there is a dictionary. */
  readonly dictionary?: DictionaryReport & {
    /** How much of each language its pairs reach. */
    readonly coverage: readonly DictionaryCoverage[];
  };
  /** What each language's vocabulary leaves out as too common, where it was prepared from raw texts. */
  readonly commonWords?: readonly CommonWords[];
  readonly warnings: readonly DataWarning[];
}
