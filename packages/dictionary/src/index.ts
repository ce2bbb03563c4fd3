export { reverseWordList, type Translation, type WordList, WordListBuilder } from './lists/word-list';
export { formatWordList } from './lists/format-word-list';
export { induceDictionary, type InducedDictionary, type InducedKind, type InductionInput, type InductionOptions, type InductionQuality } from './induction/induce-dictionary';
export type { Calibration } from './induction/calibrate-threshold';
export { estimateTranslation, translateVocabularies, type TranslatedVocabularies, type TranslationInput, type TranslationOptions, type TranslationReport } from './translation/translate-vocabularies';
