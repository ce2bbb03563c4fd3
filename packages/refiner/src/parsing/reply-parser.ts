import type { Language, RefinedTopic } from '@xtm/contracts';
import { assignTopics } from './assign-topics';
import { cleanReply } from './clean-reply';
import { LinePatterns } from './line-patterns';
import { JSON_START } from './mend-json';
import { parseJsonReply } from './parse-json';
import { parseLines } from './parse-lines';
import { isComplete, type ReplyBlock } from './reply-block';
import { unfoldTables } from './unfold-tables';

/** Reads one reply: the topics asked about, and whether the reply was cut at the limit of tokens, so that its last word may be half a word. */
export type ReplyParser = (text: string, topics: readonly number[], truncated?: boolean) => RefinedTopic[];

/**
 * A reader of what language models send about topics in the given languages. It never throws: what is not understood
 * is left out, and a topic counts only with a word in every language. Words come as sent, repeats included, in any case
 * and width; none has white space in it.
 */
export function createReplyParser(languages: readonly Language[]): ReplyParser {
  const patterns = new LinePatterns(languages);
  return (text, topics, truncated = false) => {
    const blocks = readBlocks(cleanReply(text), patterns, languages);
    if (truncated) dropLastWord(blocks);
    const assigned = assignTopics(blocks, topics);
    return topics.flatMap((index) => {
      const block = assigned.get(index);
      return block === undefined ? [] : [{ index, words: block.words, dropped: block.dropped, ...(block.theme === undefined ? {} : { theme: block.theme }) }];
    });
  };
}

function readBlocks(text: string, patterns: LinePatterns, languages: readonly Language[]): ReplyBlock[] {
  const fromLines = (): ReplyBlock[] => parseLines(unfoldTables(text, patterns, languages), patterns, languages.length);
  if (!JSON_START.test(text)) return fromLines();
  const fromJson = parseJsonReply(text, patterns, languages.length);
  return fromJson.some(isComplete) ? fromJson : fromLines();
}

function dropLastWord(blocks: readonly ReplyBlock[]): void {
  blocks.at(-1)?.words.filter(({ length }) => length > 0).at(-1)?.pop();
}
