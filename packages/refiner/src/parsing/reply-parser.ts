import type { Language, RefinedTopic } from '@xtm/contracts';
import { LinePatterns } from './line-patterns';
import { JSON_START, parseJsonReply } from './parse-json';
import { parseLines, unfoldTables } from './parse-lines';
import { compoundWords, type CompoundWords, isComplete, type ReplyBlock } from './reply-words';

/**
 * Reads one reply: the topics asked about, and whether the reply was cut at the limit of tokens, so that its last word
 * may be half a word.
 */
export type ReplyParser = (text: string, topics: readonly number[], truncated?: boolean) => RefinedTopic[];

/**
 * A reader of what language models send about topics in the given languages. It never throws: what is not understood
 * is left out, and a topic counts only with a word in every language. Words come as sent, repeats included, in any
 * case and width; none has white space in it.
 *
 * @param vocabularies of the languages; words with hyphens or underscores count where they are in these, case and
 *   width aside
 */
export function createReplyParser(
  languages: readonly Language[],
  vocabularies: readonly (readonly string[])[] = [],
): ReplyParser {
  const patterns = new LinePatterns(languages);
  const compounds = languages.map((_, index) => compoundWords(vocabularies[index] ?? []));
  return (text, topics, truncated = false) => {
    const blocks = readBlocks(cleanReply(text), patterns, languages, compounds);
    if (truncated) dropLastWord(blocks);
    const assigned = assignTopics(blocks, topics);
    return topics.flatMap((index) => {
      const block = assigned.get(index);
      return block === undefined
        ? []
        : [
            {
              index,
              words: block.words,
              dropped: block.dropped,
              ...(block.theme === undefined ? {} : { theme: block.theme }),
            },
          ];
    });
  };
}

function readBlocks(
  text: string,
  patterns: LinePatterns,
  languages: readonly Language[],
  compounds: readonly CompoundWords[],
): ReplyBlock[] {
  const fromLines = (): ReplyBlock[] => parseLines(unfoldTables(text, patterns, languages), patterns, compounds);
  if (!JSON_START.test(text)) return fromLines();
  const fromJson = parseJsonReply(text, patterns, compounds);
  return fromJson.some(isComplete) ? fromJson : fromLines();
}

function dropLastWord(blocks: readonly ReplyBlock[]): void {
  blocks.at(-1)?.words.filter(({ length }) => length > 0).at(-1)?.pop();
}

/** Characters that are there without being seen: zero-width spaces and joiners, marks of direction, soft hyphens. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;

/** Tags that models put around what they think before they answer. */
const THINKING_TAGS = 'think|thinking|thought|thoughts|reasoning|reflection|analysis|scratchpad';
const THINKING = new RegExp(`<(${THINKING_TAGS})\\b[^>]*>[\\s\\S]*?</\\1\\s*>`, 'gi');
const THINKING_END = new RegExp(`^[\\s\\S]*</(?:${THINKING_TAGS})\\s*>`, 'i');
const THINKING_START = new RegExp(`<(?:${THINKING_TAGS})\\b[^>]*>[\\s\\S]*$`, 'i');

/**
 * A reply without thinking sections, tags, code fences' marks, words struck out and characters that cannot be seen.
 */
export function cleanReply(text: string): string {
  return withoutThinking(text.replace(/\r\n?/g, '\n').replace(INVISIBLE, ''))
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(?:answer|output|response|result|final|p|b|i|strong|em|li|ul|ol|code|pre)\b[^>]*>/gi, '')
    .replace(/^[ \t]*(?:```|~~~).*$/gm, '')
    .replace(/~~[^~\n]+~~/g, '');
}

/** Whole sections, a section whose start was not sent, and one that never ends. */
function withoutThinking(text: string): string {
  const spoken = text
    .replace(/^[\s\S]*<\|channel\|>\s*final\s*(?:<\|[^|]*\|>)*<\|message\|>/, '')
    .replace(/<\|[^|]*\|>/g, '');
  return spoken.replace(THINKING, '').replace(THINKING_END, '').replace(THINKING_START, '');
}

/**
 * Finds which of the topics asked about each complete block belongs to; what a reply says last about a topic counts.
 * A reply to a question about one topic is put right whatever number it bears. Numbers counted from one, or anew from
 * the first topic asked about, are recognised when they fit no other way; blocks without any number go by order when
 * there is one per topic.
 */
function assignTopics(blocks: readonly ReplyBlock[], asked: readonly number[]): Map<number, ReplyBlock> {
  const complete = blocks.filter(isComplete);
  if (asked.length === 1) return single(complete, asked[0]!);
  const numbered = complete.filter(({ number }) => number !== undefined);
  if (numbered.length === 0)
    return new Map(
      complete.length === asked.length ? complete.map((block, position) => [asked[position]!, block]) : [],
    );
  const numbering = numberingOf(new Set(numbered.map(({ number }) => number!)), asked);
  const known = new Set(asked);
  return new Map(
    numbered
      .map((block) => [numbering(block.number!), block] as const)
      .filter((entry): entry is [number, ReplyBlock] => entry[0] !== undefined && known.has(entry[0])),
  );
}

function single(complete: readonly ReplyBlock[], target: number): Map<number, ReplyBlock> {
  const block = complete.filter(({ number }) => number === target).at(-1) ?? complete[0];
  return new Map(block === undefined ? [] : [[target, block]]);
}

function numberingOf(numbers: ReadonlySet<number>, asked: readonly number[]): (number: number) => number | undefined {
  const known = new Set(asked);
  const fits = (rule: (number: number) => number | undefined): boolean =>
    [...numbers].every((number) => known.has(rule(number) ?? -1));
  const rules = [
    (number: number) => number,
    (number: number) => number - 1,
    ...(numbers.size === asked.length
      ? [(number: number) => asked[number], (number: number) => asked[number - 1]]
      : []),
  ];
  return rules.find(fits) ?? rules[0]!;
}
