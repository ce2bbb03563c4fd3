import { cleanWord, isSingleWord } from './clean-word';
import type { ReplyBlock } from './reply-block';

/** Puts the pieces that are single words into a block; counts the others, and passes over empty ones. Returns whether there was any. */
export function addWords(block: ReplyBlock, languageIndex: number, pieces: readonly string[]): boolean {
  const words = pieces.map(cleanWord).filter((word) => word !== '');
  const single = words.filter(isSingleWord);
  block.words[languageIndex]!.push(...single);
  block.dropped += words.length - single.length;
  return words.length > 0;
}
