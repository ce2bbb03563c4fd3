import type { Language } from '@xtm/contracts';
import {
  type CommonWords,
  type Dataset,
  type DataWarning,
  dictionaryCoverage,
  type DictionaryCoverage,
} from '../dataset/dataset';

/** What came of one language's documents. */
export interface LanguageFacts extends Language {
  /** In its vocabulary. */
  readonly words: number;
  readonly trainDocuments: number;
  readonly testDocuments: number;
  /** What the vocabulary leaves out, where it was prepared from raw texts. */
  readonly tooCommon?: CommonWords;
  readonly dictionaryCoverage: DictionaryCoverage;
}

/** Sizes of a dataset, and how far its dictionary reaches. */
export interface DatasetFacts {
  readonly languages: readonly LanguageFacts[];
  /** 0 without a dictionary. */
  readonly dictionaryPairs: number;
  readonly warnings: readonly DataWarning[];
}

/** The sizes of a dataset, language by language. */
export function describeDataset({ corpus, dictionary, commonWords, warnings }: Dataset): DatasetFacts {
  const coverage = dictionaryCoverage(corpus);
  return {
    languages: corpus.languages.map(({ language, vocabulary, train, test }, index) => ({
      ...language,
      words: vocabulary.length,
      trainDocuments: train.rows.rows,
      testDocuments: test?.rows.rows ?? 0,
      ...(commonWords && { tooCommon: commonWords[index] }),
      dictionaryCoverage: coverage[index]!,
    })),
    dictionaryPairs: dictionary?.pairs ?? 0,
    warnings,
  };
}

/** Below this share of running words in a language, models have too few anchors to match topics by words. */
const THIN_DICTIONARY = 0.2;

/**
 * What a missing or thin dictionary means for the models, and what to do, the option in backquotes; undefined where it
 * reaches enough.
 */
export function adviceOnDictionary({ corpus, dictionary }: Dataset): string | undefined {
  const thin = corpus.languages.flatMap(({ language }, index) => {
    const share = dictionary?.coverage[index]?.runningShare;
    return share === undefined || share >= THIN_DICTIONARY
      ? []
      : [`${Math.round(share * 100)}% of the running words in ${language.code}`];
  });
  if (dictionary !== undefined && thin.length === 0) return undefined;
  const what =
    dictionary === undefined ? 'there is no dictionary' : `the dictionary reaches only ${thin.join(' and ')}`;
  return [
    `${what}: models that link languages by words (nmtm, infoctm) cannot match topics across languages,`,
    'and neither can xtra and gloctm with the embedder "aligned"; with a multilingual encoder or precomputed ' +
      'embeddings these two can.',
    `Name ${dictionary === undefined ? 'one' : 'a larger one'} with \`dictionary\`; docs/dictionaries.md says where ` +
      'to get one.',
  ].join(' ');
}
