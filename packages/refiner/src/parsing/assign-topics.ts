import { isComplete, type ReplyBlock } from './reply-block';

/**
 * Finds which of the topics asked about each complete block belongs to; what a reply says last about a topic counts.
 * A reply to a question about one topic is put right whatever number it bears. Numbers counted from one, or anew from
 * the first topic asked about, are recognised when they fit no other way; blocks without any number go by order when
 * there is one a topic.
 */
export function assignTopics(blocks: readonly ReplyBlock[], asked: readonly number[]): Map<number, ReplyBlock> {
  const complete = blocks.filter(isComplete);
  if (asked.length === 1) return single(complete, asked[0]!);
  const numbered = complete.filter(({ number }) => number !== undefined);
  if (numbered.length === 0) return new Map(complete.length === asked.length ? complete.map((block, position) => [asked[position]!, block]) : []);
  const numbering = numberingOf(new Set(numbered.map(({ number }) => number!)), asked);
  const known = new Set(asked);
  return new Map(numbered.map((block) => [numbering(block.number!), block] as const).filter((entry): entry is [number, ReplyBlock] => entry[0] !== undefined && known.has(entry[0])));
}

function single(complete: readonly ReplyBlock[], target: number): Map<number, ReplyBlock> {
  const block = complete.filter(({ number }) => number === target).at(-1) ?? complete[0];
  return new Map(block === undefined ? [] : [[target, block]]);
}

function numberingOf(numbers: ReadonlySet<number>, asked: readonly number[]): (number: number) => number | undefined {
  const known = new Set(asked);
  const fits = (rule: (number: number) => number | undefined): boolean => [...numbers].every((number) => known.has(rule(number) ?? -1));
  const rules = [
    (number: number) => number,
    (number: number) => number - 1,
    ...(numbers.size === asked.length ? [(number: number) => asked[number], (number: number) => asked[number - 1]] : []),
  ];
  return rules.find(fits) ?? rules[0]!;
}
