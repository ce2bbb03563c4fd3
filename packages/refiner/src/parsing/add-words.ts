import { foldWord } from '../vote/vocabulary-matcher';
import { cleanWord, isSingleWord } from './clean-word';
import type { ReplyBlock } from './reply-block';

/** Puts the pieces that are single words, or compound words of the vocabulary, into a block; counts the others, and passes over empty ones. Returns whether there was any. */
export function addWords(block: ReplyBlock, languageIndex: number, pieces: readonly string[]): boolean {
  const words = pieces.map(cleanWord).filter((word) => word !== '');
  const compounds = block.compounds[languageIndex]!;
  const single = words.filter((word) => isSingleWord(word) || compounds.has(foldWord(word)));
  block.words[languageIndex]!.push(...single);
  block.dropped += words.length - single.length;
  return words.length > 0;
}
