import type { RefinedTopic, Topic } from '@xtm/contracts';

/**
 * How often a word counts: once per round, as in the paper's equation for f_k(v), or with every repeat, as in the
 * public code.
 */
export type Counting = 'paper' | 'released';

export interface VoteOptions {
  /** One per language. */
  readonly matchers: readonly VocabularyMatcher[];
  readonly counting: Counting;
  /** Words per language that are kept. */
  readonly topWords: number;
}

/** Votes for the words of one language. */
interface Ballot {
  /** Counted votes by word, in the order in which words were first seen. */
  readonly counts: ReadonlyMap<string, number>;
  /** Rounds that named the word. */
  readonly rounds: ReadonlyMap<string, number>;
  /** Mentions of words that are not in the vocabulary. */
  readonly discarded: ReadonlyMap<string, number>;
}

/**
 * Counts what the rounds propose for a topic and keeps the words that most of them name, ties in first-seen order.
 * `rounds` are the rounds that have a reply for the topic, in their order.
 */
export function voteOnTopic(
  raw: Topic,
  rounds: readonly RefinedTopic[],
  { matchers, counting, topWords }: VoteOptions,
): VotedTopic {
  const ballots = matchers.map((matcher, languageIndex) =>
    countVotes(
      rounds.map(({ words }) => words[languageIndex] ?? []),
      matcher,
      counting,
    ),
  );
  const kept = ballots.map(({ counts }) => [...counts].sort(([, one], [, other]) => other - one).slice(0, topWords));
  const refined = kept.some(({ length }) => length > 0);
  const rawWords = raw.words.map((words) => words.slice(0, topWords));
  const theme = commonTheme(rounds);
  return {
    index: raw.index,
    refined,
    words: refined ? kept.map((votes) => votes.map(([word]) => word)) : rawWords,
    counts: refined
      ? kept.map((votes) => votes.map(([, count]) => count))
      : rawWords.map((words) => words.map(() => 0)),
    rounds: rounds.length,
    agreement: agreementOf(kept, ballots, rounds.length),
    discarded: ballots.flatMap(({ discarded }, languageIndex) => discardedWords(discarded, languageIndex)),
    dropped: rounds.reduce((sum, { dropped = 0 }) => sum + dropped, 0),
    ...(theme === undefined ? {} : { theme }),
  };
}

function countVotes(rounds: readonly (readonly string[])[], matcher: VocabularyMatcher, counting: Counting): Ballot {
  const counts = new Map<string, number>();
  const named = new Map<string, number>();
  const discarded = new Map<string, number>();
  for (const proposed of rounds) {
    const seen = new Set<string>();
    for (const proposal of proposed) {
      const word = matcher.find(proposal);
      if (word === undefined) increase(discarded, proposal);
      else {
        if (counting === 'released' || !seen.has(word)) increase(counts, word);
        if (!seen.has(word)) increase(named, word);
        seen.add(word);
      }
    }
  }
  return { counts, rounds: named, discarded };
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function agreementOf(
  kept: readonly (readonly (readonly [string, number])[])[],
  ballots: readonly Ballot[],
  rounds: number,
): number {
  const shares = kept.flatMap((votes, languageIndex) =>
    votes.map(([word]) => ballots[languageIndex]!.rounds.get(word)! / rounds),
  );
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function discardedWords(discarded: ReadonlyMap<string, number>, languageIndex: number): DiscardedWord[] {
  return [...discarded].map(([word, mentions]) => ({ languageIndex, word, mentions }));
}

function commonTheme(rounds: readonly RefinedTopic[]): string | undefined {
  const themes = rounds.map(({ theme }) => theme).filter((theme) => theme !== undefined);
  const counts = new Map<string, number>();
  for (const theme of themes) increase(counts, foldWord(theme));
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most === undefined ? undefined : themes.find((theme) => foldWord(theme) === most[0]);
}

/** A proposed word that is not in the vocabulary. */
export interface DiscardedWord {
  readonly languageIndex: number;
  readonly word: string;
  /** How often it was proposed, repeats within a round included. */
  readonly mentions: number;
}

/** What the rounds agreed on for one topic. */
export interface VotedTopic {
  readonly index: number;
  /** Whether any round brought words of the vocabulary. An unrefined topic keeps its raw words; losses skip it. */
  readonly refined: boolean;
  /** Words of the vocabulary, most counted first, a list per language. */
  readonly words: readonly (readonly string[])[];
  /** Counts of the words, list by list; all 0 in an unrefined topic. */
  readonly counts: readonly (readonly number[])[];
  /** Rounds that brought a reply for the topic. */
  readonly rounds: number;
  /** Mean over the kept words of the share of those rounds that named the word; 0 in an unrefined topic. */
  readonly agreement: number;
  readonly discarded: readonly DiscardedWord[];
  /** Pieces of replies that were no single words. */
  readonly dropped: number;
  /** The theme that most rounds named, the earliest in a tie. */
  readonly theme?: string;
}

/** Cuts a word to its stem, for the loosest kind of match. */
export type Stem = (word: string) => string;

/**
 * Finds the vocabulary word that a proposed word means: the word itself, else the same but for case and width, else
 * one of the same stem where stems are given.
 */
export class VocabularyMatcher {
  private readonly words: ReadonlySet<string>;
  private readonly folded: ReadonlyMap<string, string>;
  private readonly stems: ReadonlyMap<string, string>;

  constructor(vocabulary: readonly string[], private readonly stem?: Stem) {
    this.words = new Set(vocabulary);
    this.folded = firstByKey(vocabulary, foldWord);
    this.stems = stem === undefined ? new Map() : firstByKey(vocabulary, (word) => stem(foldWord(word)));
  }

  find(word: string): string | undefined {
    if (this.words.has(word)) return word;
    const folded = foldWord(word);
    return this.folded.get(folded) ?? (this.stem === undefined ? undefined : this.stems.get(this.stem(folded)));
  }
}

/** Case and width taken away. */
export function foldWord(word: string): string {
  return word.normalize('NFKC').toLowerCase();
}

/** Where several words share a key, the first of the vocabulary has it. */
function firstByKey(vocabulary: readonly string[], key: (word: string) => string): Map<string, string> {
  const byKey = new Map<string, string>();
  for (const word of vocabulary) if (!byKey.has(key(word))) byKey.set(key(word), word);
  return byKey;
}
