export { reverseWordList, type Translation, type WordList, WordListBuilder } from './lists/word-list';
export { formatWordList } from './lists/format-word-list';
