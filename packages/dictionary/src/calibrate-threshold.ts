import type { WordList } from './lists/word-list';

/** A candidate of which a dictionary knows both words. */
export interface JudgedPair {
  readonly score: number;
  /** Whether the dictionary has it. */
  readonly correct: boolean;
}

/** How a threshold was chosen. */
export interface Calibration {
  /** Pairs that it was chosen by. */
  readonly judged: number;
  /** Share of correct ones among those that it keeps. */
  readonly precision: number;
}

/** Fewer judged pairs say nothing about a threshold. */
const FEWEST_JUDGED = 30;

/** A dictionary as a judge. */
export class KnownTranslations {
  private readonly byFirst = new Map<string, Set<string>>();
  private readonly seconds = new Set<string>();

  constructor({ translations }: WordList) {
    for (const { first, second } of translations) {
      const known = this.byFirst.get(first);
      if (known === undefined) this.byFirst.set(first, new Set([second]));
      else known.add(second);
      this.seconds.add(second);
    }
  }

  has(first: string, second: string): boolean {
    return this.byFirst.get(first)?.has(second) === true;
  }

  knowsBoth(first: string, second: string): boolean {
    return this.byFirst.has(first) && this.seconds.has(second);
  }

  /** Words of the first language, in the dictionary's order. */
  words(): string[] {
    return [...this.byFirst.keys()];
  }
}

/** Every other word tunes, the others are held out: the same words each time, whatever the order of the lines. */
export function splitWords(translations: KnownTranslations | undefined): {
  readonly tuning: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
} {
  const words = (translations?.words() ?? []).sort();
  return {
    tuning: new Set(words.filter((_, index) => index % 2 === 0)),
    held: new Set(words.filter((_, index) => index % 2 === 1)),
  };
}

/**
 * The lowest score at which a pair is still correct with a probability of `minPrecision`: the probability as a
 * non-decreasing function of the score is the least-squares fit to the judged pairs (isotonic regression).
 */
export function calibrateThreshold(
  judged: readonly JudgedPair[],
  { minPrecision, fallback }: { readonly minPrecision: number; readonly fallback: number },
): { readonly threshold: number; readonly calibration?: Calibration } {
  if (judged.length < FEWEST_JUDGED) return { threshold: fallback };
  const blocks = isotonicBlocks([...judged].sort((a, b) => a.score - b.score));
  const lowest = blocks.find(({ correct, size }) => correct / size >= minPrecision);
  const threshold = lowest?.score ?? Number.POSITIVE_INFINITY;
  const kept = judged.filter(({ score }) => score >= threshold);
  const precision = kept.filter(({ correct }) => correct).length / Math.max(1, kept.length);
  return { threshold, calibration: { judged: judged.length, precision } };
}

interface Block {
  /** The lowest score in it. */
  readonly score: number;
  readonly highest: number;
  readonly correct: number;
  readonly size: number;
}

/**
 * Pool adjacent violators: neighbouring blocks are joined until their means ascend. No threshold can part pairs of the
 * same score.
 */
function isotonicBlocks(ascending: readonly JudgedPair[]): Block[] {
  const blocks: Block[] = [];
  for (const { score, correct } of ascending) {
    let block: Block = { score, highest: score, correct: correct ? 1 : 0, size: 1 };
    for (
      let last = blocks.at(-1);
      last !== undefined && (last.highest === score || last.correct * block.size >= block.correct * last.size);
      last = blocks.at(-1)
    ) {
      block = {
        score: last.score,
        highest: score,
        correct: last.correct + block.correct,
        size: last.size + block.size,
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}
