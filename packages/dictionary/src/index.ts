export {
  corpusWords,
  estimateCorpusTranslation,
  induceFromCorpus,
  newDictionaryFile,
  readKnownPairs,
  readReach,
  translateCorpus,
  writeWordList,
  type CorpusTranslationOptions,
  type CorpusWords,
  type DictionaryPlace,
  type DictionaryReach,
  type MadeDictionary,
} from './corpus-dictionary';
export {
  formatWordList,
  joinWordLists,
  reverseWordList,
  type Translation,
  type WordList,
  WordListBuilder,
  type LeftOut,
} from './lists/word-list';
export {
  induceDictionary,
  type InducedDictionary,
  type InducedKind,
  type InductionInput,
  type InductionOptions,
  type InductionQuality,
  inductionSchema,
} from './induce-dictionary';
export type { Calibration } from './calibrate-threshold';
export {
  estimateTranslation,
  translateVocabularies,
  type TranslatedVocabularies,
  type TranslationInput,
  type TranslationOptions,
  type TranslationReport,
  translationSchema,
} from './translate-vocabularies';
export { type LanguagePair, languageName, parseLanguageCode, parseLanguagePair } from './lists/languages';
export { type PairLines, readPairLines } from './lists/word-files';
export {
  fetchDictionary,
  fetchDictionarySchema,
  type FetchDictionaryOptions,
  type FetchedDictionary,
  type HeldRecord,
} from './fetch-dictionary';
export { findMusePairs, MUSE, museCode, musePairs } from './muse-catalogue';
export {
  pivotSchema,
  pivotWordLists,
  type PivotedList,
  type PivotOptions,
  type PivotLanguages,
} from './pivot-word-lists';
export {
  convertDictionary,
  convertDictionarySchema,
  type ConvertDictionaryOptions,
  type ConvertedDictionary,
  type DictionaryFormat,
  dictionaryFormats,
} from './published/convert-dictionary';
export { checkDictionary, type DictionaryToCheck } from './check/check-dictionary';
export { checkNamedDictionary, type NamedDictionary, refuseUnusable } from './check/check-named-dictionary';
export type { DictionaryCheck, Finding, VocabularyMatch } from './check/find-problems';
export type { SideFacts, WordOrder } from './check/inspect-lines';
export { describeCheck, type DescribedCheck } from './check/describe-check';
export {
  describeConverted,
  describeEstimate,
  describeFetched,
  describeInduced,
  describeJoined,
  describeTranslated,
  type Fact,
  type FactTable,
  tabulateReach,
} from './describe-lists';
