const RATINGS: readonly number[] = [1, 2, 3];
const WORDS: ReadonlyMap<string, number> = new Map([['one', 1], ['two', 2], ['three', 3]]);

/** What reasoning models put before their answer. */
const THINKING = /<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi;
const MARKUP = /[*_`"'“”‘’「」『』#>\\{}[\]]/g;
/** Mentions of the scale itself: `/3`, `out of 3`, `from 1 to 3`, `1-3`. */
const SCALE = /\s*(?:\/|\bout of)\s*3\b|\b(?:from\s+|between\s+)?1\s*(?:-|–|—|to|and)\s*3\b/gi;
const LABELLED = /\b(?:ratings?|scores?|answer|judge?ment)\b\s*(?:is|would be|of|:|=)*\s*(?<value>[-−]?\d+(?:[.,]\d+)?)/gi;
const NUMBER = /(?<![\w.])[-−]?\d+(?:[.,]\d+)?(?![\w])/g;
const LONE_WORD = /^(?:(?:the\s+)?(?:rating|score|answer)\s*(?:is|:|=)?\s*)?(?<word>[a-z]+)\s*[.!]?$/i;

/**
 * Rating from 1 to 3 that a model's reply gives, or undefined if it gives none or is not clear.
 *
 * Counted: a digit, alone (`3`), marked up (`**3**`), over its scale (`3/3`, `2 out of 3`), named (`Rating: 2`), or as
 * the only number of a sentence; a lone number word (`two`); full-width digits; all this after a block of reasoning.
 * Not counted: an empty reply, a refusal, numbers outside the scale (`5`) or between its steps (`2.5`), and replies
 * that name several ratings without saying which is meant.
 */
export function parseRating(reply: string): number | undefined {
  const text = reply.normalize('NFKC').replace(THINKING, ' ').replace(MARKUP, ' ').replace(SCALE, ' ').trim();
  const named = [...text.matchAll(LABELLED)].map((match) => match.groups!['value']!);
  const numbers = named.length > 0 ? named : (text.match(NUMBER) ?? []);
  if (numbers.length === 0) return WORDS.get(LONE_WORD.exec(text)?.groups?.['word']?.toLowerCase() ?? '');
  const values = new Set(numbers.map((number) => Number(number.replace(',', '.').replace('−', '-'))));
  const [value] = values;
  return values.size === 1 && RATINGS.includes(value!) ? value : undefined;
}
