import type { Language, RefinedTopic } from '@xtm/contracts';
import { assignTopics } from './assign-topics';
import { cleanReply } from './clean-reply';
import { compoundWords, type CompoundWords } from './compound-words';
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
 *
 * @param vocabularies of the languages; words with hyphens or underscores count where they are in these, case and width aside
 */
export function createReplyParser(languages: readonly Language[], vocabularies: readonly (readonly string[])[] = []): ReplyParser {
  const patterns = new LinePatterns(languages);
  const compounds = languages.map((_, index) => compoundWords(vocabularies[index] ?? []));
  return (text, topics, truncated = false) => {
    const blocks = readBlocks(cleanReply(text), patterns, languages, compounds);
    if (truncated) dropLastWord(blocks);
    const assigned = assignTopics(blocks, topics);
    return topics.flatMap((index) => {
      const block = assigned.get(index);
      return block === undefined ? [] : [{ index, words: block.words, dropped: block.dropped, ...(block.theme === undefined ? {} : { theme: block.theme }) }];
    });
  };
}

function readBlocks(text: string, patterns: LinePatterns, languages: readonly Language[], compounds: readonly CompoundWords[]): ReplyBlock[] {
  const fromLines = (): ReplyBlock[] => parseLines(unfoldTables(text, patterns, languages), patterns, compounds);
  if (!JSON_START.test(text)) return fromLines();
  const fromJson = parseJsonReply(text, patterns, compounds);
  return fromJson.some(isComplete) ? fromJson : fromLines();
}

function dropLastWord(blocks: readonly ReplyBlock[]): void {
  blocks.at(-1)?.words.filter(({ length }) => length > 0).at(-1)?.pop();
}
